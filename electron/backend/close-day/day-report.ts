import type { DayCounts, DayReport, DayStanding, Taker } from '../../../shared/contract/close-day.ts';
import type { ApplicationState } from '../../../shared/contract/events.ts';
import type { BusinessDate } from '../../../shared/domain/business-time.ts';
import type { Taken } from './day-rows.ts';

/** Counts what was taken; `taken` is in the order of the receipt numbers. */
export function dayReport(input: {
  readonly day: BusinessDate;
  readonly madeAt: number;
  readonly terminalCode: string;
  readonly shopName: string | null;
  readonly taken: readonly Taken[];
  readonly earlierUndecided: number;
}): DayReport {
  const { taken, ...frame } = input;
  const [first, last] = [taken[0], taken.at(-1)];
  const procedures = grouped(taken, ({ procedureId }) => procedureId);
  const takers = grouped(taken, ({ takenBy }) => takenBy);
  return {
    ...frame,
    total: taken.length,
    receipts:
      first === undefined || last === undefined ? null : { first: first.receiptNumber, last: last.receiptNumber },
    counts: countsOf(taken),
    procedures: procedures.map(([procedureId, own]) => ({
      procedureId,
      total: own.length,
      counts: countsOf(own),
    })),
    takers: takers.map(([takenBy, own]) => ({ taker: takerOf(takenBy), total: own.length })),
    open: taken.flatMap(({ state, receiptNumber, procedureId, capturedAt, reason }) => {
      const standing = standingOf(state);
      return OPEN.includes(standing) ? [{ receiptNumber, procedureId, capturedAt, standing, reason }] : [];
    }),
  };
}

function countsOf(taken: readonly Taken[]): DayCounts {
  const counts: DayCounts = { accepted: 0, waiting: 0, held: 0, rejected: 0, withdrawn: 0 };
  for (const { state } of taken) counts[standingOf(state)] += 1;
  return counts;
}

function standingOf(state: ApplicationState): DayStanding {
  return state === 'queued' || state === 'sending' ? 'waiting' : state;
}

/** The most frequent first. */
function grouped<Key>(taken: readonly Taken[], keyOf: (one: Taken) => Key): [Key, Taken[]][] {
  const groups = new Map<Key, Taken[]>();
  for (const one of taken) {
    const own = groups.get(keyOf(one));
    if (own === undefined) groups.set(keyOf(one), [one]);
    else own.push(one);
  }
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

function takerOf(takenBy: string | null): Taker | null {
  if (takenBy === null) return null;
  return takenBy === 'customer' ? { kind: 'customer' } : { kind: 'staff', number: takenBy };
}

const OPEN: readonly DayStanding[] = ['waiting', 'held', 'rejected'];
