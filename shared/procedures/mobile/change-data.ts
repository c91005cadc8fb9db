import { z } from 'zod';
import { type BusinessDate, firstOfNextMonth } from '../../domain/business-time.ts';
import { offeringById, offeringsOf, type OfferingOf } from '../../domain/catalog.ts';
import { volumeChangesOn } from '../../domain/mobile/volume-change-date.ts';
import { AVAILABLE, contractsOfType, notAvailable, offeringCard } from '../contracts-at-hand.ts';
import {
  type ChoiceOption,
  defineProcedure,
  type DisabledReason,
  type Draft,
  type ProcedureContext,
} from '../procedure.ts';
import { hasCallOption, hasJumpOffer, type Line, lineDetails, linesInUse } from './lines.ts';

const FEE = 'mobile.volume-change-fee';

/** 毎月のデータ容量の変更 of a voice or data line (manual p.97-99). */
export const mobileChangeData = defineProcedure({
  id: 'mobile.change-data',
  area: 'mobile',
  purposes: ['change'],
  manual: [97, 99],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['mobile-volume-change'],
  feeStart: 'volume-change',
  application: z.object({ line: z.string().optional(), volume: z.string() }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return notAvailable('needs-contracts');
    const obstacles = linesInUse(context).map((line) => obstacleTo(context, line));
    const [first] = obstacles;
    if (first === undefined) {
      const isPrepared = contractsOfType(context, 'mobile-plan').some(({ status }) => status === 'pendingActive');
      return notAvailable(isPrepared ? 'line-in-preparation' : 'no-mobile-line');
    }
    return first === null || obstacles.includes(null) ? AVAILABLE : notAvailable(first);
  },
  steps: [
    {
      kind: 'choose',
      id: 'volume',
      questions: [
        {
          kind: 'one',
          id: 'line',
          namesContracts: true,
          when: (context, draft) => linesInUse(context).length > 1 || draft['line'] !== undefined,
          options: (context) =>
            linesInUse(context).map((line) => ({
              ...offeringCard(context, line.plan, { details: lineDetails(line), disabled: obstacleTo(context, line) }),
              value: line.contract.id,
            })),
        },
        {
          kind: 'one',
          id: 'volume',
          when: (context, draft) => lineOf(context, draft) !== undefined,
          options: (context, draft) => {
            const line = lineOf(context, draft);
            return line === undefined ? [] : volumeCards(context, line);
          },
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { line: chosenLine, volume }) => {
    const line = lineOf(context, chosenLine === undefined ? {} : { line: chosenLine });
    if (line === undefined) throw new Error('mobile.change-data decided without a mobile line');
    const { lineNumber } = line.contract.characteristics ?? {};
    const fee = offeringById(context.catalog, FEE);
    return {
      changes: [{ action: 'modify', contractId: line.contract.id, offeringId: volume }],
      once: [{ id: 'volume-change-fee', yen: fee.onceYen ?? 0, sample: fee.sample }],
      notices: [
        ...(lineNumber === undefined ? [] : [{ id: 'volume-line', lineNumber } as const]),
        { id: 'volume-changes-on', date: volumeChangesOn(context.today) },
        { id: 'volume-change-final' },
      ],
      later: null,
    };
  },
});

/** Who has one line isn't asked for which; one that was chosen among several stays what was chosen. */
function lineOf(context: ProcedureContext, draft: Draft): Line | undefined {
  const lines = linesInUse(context);
  const chosenLine = draft['line'];
  return chosenLine === undefined && lines.length === 1
    ? lines[0]
    : lines.find(({ contract }) => contract.id === chosenLine);
}

/** Why nothing can be changed at the line now. */
function obstacleTo(
  context: ProcedureContext,
  line: Line,
): Extract<DisabledReason, 'change-pending' | 'jump-offer' | 'volume-change-waits'> | null {
  const { changePending, characteristics } = line.contract;
  if (changePending) return 'change-pending';
  if (hasJumpOffer(context, line)) return 'jump-offer';
  // One change at a time: the next when this one holds (p.99).
  const changesOn = characteristics?.volumeChangesOn ?? feeOfChangeFrom(line);
  return changesOn !== null && changesOn > context.today ? 'volume-change-waits' : null;
}

/** Where nothing says from when the volume holds, its fee does, unless it is a new line's first. */
function feeOfChangeFrom({ contract: { startedOn, feeFrom } }: Line): BusinessDate | null {
  return startedOn !== null && feeFrom === firstOfNextMonth(startedOn) ? null : feeFrom;
}

function volumeCards(context: ProcedureContext, line: Line): ChoiceOption[] {
  return offeringsOf(context.catalog, 'mobile-plan')
    .filter(({ service, sellable, id }) => service === line.plan.service && (sellable || id === line.plan.id))
    .map((plan) =>
      offeringCard(context, plan, {
        details: plan.id === line.plan.id ? lineDetails(line) : [],
        disabled: unfit(context, line, plan),
      }),
    );
}

function unfit(context: ProcedureContext, line: Line, plan: OfferingOf<'mobile-plan'>): DisabledReason | null {
  if (plan.id === line.plan.id) return 'current';
  return plan.gigabytes === 0 && hasCallOption(context, line) ? 'call-option' : null;
}
