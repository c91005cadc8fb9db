import { useRef, useState } from 'react';
import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { ChangedRecord } from '../../../shared/contract/record.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { useTerminal } from '../../app/terminal-context.tsx';
import { type LiveAnswer, type LiveProblem, liveProblem } from '../live-problem.ts';

type RecordRefusal =
  | 'SESSION_GONE'
  | 'CENTRAL_UNREACHABLE'
  | 'OUTCOME_UNKNOWN'
  | 'OVER'
  | 'NOT_ALLOWED'
  | 'NO_CONTACT'
  | 'CODE_WRONG'
  | 'ID_TAKEN';
export type RecordProblem = LiveProblem<RecordRefusal>;

type Open = { readonly problem: RecordProblem | null; readonly isPending: boolean };
export type RecordPhase =
  | ({ readonly kind: 'entering' } & Open)
  /** A code is under way to that address. */
  | ({ readonly kind: 'code'; readonly wish: RecordWish; readonly mailedTo: string } & Open)
  /** `isUnclear`: it may be on record already, which the same call again settles. */
  | ({ readonly kind: 'confirming'; readonly wish: RecordWish; readonly isUnclear: boolean } & Open)
  | {
      readonly kind: 'done';
      readonly changed: ChangedRecord;
      readonly slip: 'untouched' | 'printing' | PrintOutcome['kind'];
    };

type OpenPhase = Exclude<RecordPhase, { kind: 'done' }>;

/** How far a change is, for when its screen goes meanwhile. */
export interface KeptRecordChange {
  readonly changeId: string;
  readonly phase: RecordPhase;
}

const OPEN: Open = { problem: null, isPending: false };

interface RecordChangeInput {
  readonly sessionId: string;
  readonly language: Language;
  readonly kept: KeptRecordChange | null;
}

/** From the wish over its code to what is on record. Every call may be told again: central does each wish once. */
export function useRecordChange({ sessionId, language, kept }: RecordChangeInput) {
  const terminal = useTerminal();
  const { connection } = terminal;
  const [phase, setPhase] = useState<RecordPhase>(() =>
    kept === null ? { kind: 'entering', ...OPEN } : phaseFound(kept.phase),
  );
  const [changeId, setChangeId] = useState(() => kept?.changeId ?? terminal.newId());
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);

  /**
   * @param from where to stay when it doesn't work out
   * @param unclear where, when nobody knows whether it did
   */
  async function ask<Value>(
    from: OpenPhase,
    question: () => Promise<LiveAnswer<Value, RecordRefusal>>,
    unclear: OpenPhase = from,
  ) {
    if (isBusy.current) return null;
    isBusy.current = true;
    setPhase({ ...from, problem: null, isPending: true });
    const answer = await question();
    isBusy.current = false;
    if (answer.kind === 'ok') return answer;
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      terminal.sessionGone(sessionId);
      return null;
    }
    const problem = liveProblem(answer);
    // Central takes nothing more under that name.
    if (problem.kind === 'over') setChangeId(terminal.newId());
    const isFromStart = problem.kind === 'over' || problem.kind === 'id-taken' || problem.kind === 'not-allowed';
    const stay = problem.kind === 'outcome-unknown' ? unclear : from;
    setPhase(isFromStart ? { kind: 'entering', problem, isPending: false } : { ...stay, problem, isPending: false });
    return null;
  }

  const begin = async (wish: RecordWish, from: OpenPhase = phaseOpen(phase)) => {
    const begun = await ask(from, () =>
      connection.ask((client) => client.record.begin({ sessionId, changeId, wish, language })),
    );
    if (begun === null) return;
    const { mailedTo } = begun.value;
    if (mailedTo === null) setPhase({ kind: 'confirming', wish, isUnclear: false, ...OPEN });
    else setPhase({ kind: 'code', wish, mailedTo, ...OPEN });
  };

  const prove = async (code: string): Promise<void> => {
    if (phase.kind !== 'code') return;
    const proved = await ask(phase, () =>
      connection.ask((client) => client.record.prove({ sessionId, changeId, code })),
    );
    if (proved !== null) setPhase({ kind: 'confirming', wish: phase.wish, isUnclear: false, ...OPEN });
  };

  const complete = async (): Promise<void> => {
    if (phase.kind !== 'confirming') return;
    const completed = await ask(
      phase,
      () => connection.ask((client) => client.record.complete({ sessionId, changeId })),
      { ...phase, isUnclear: true },
    );
    if (completed === null) return;
    setPhase({ kind: 'done', changed: completed.value, slip: 'untouched' });
    void terminal.refresh();
  };

  const print = (changed: ChangedRecord) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setPhase({ kind: 'done', changed, slip: 'printing' });
    void connection
      .askOnce((client) => client.record.print({ sessionId, changeId, language }))
      .then((answer) => {
        isBusy.current = false;
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone(sessionId);
        else setPhase({ kind: 'done', changed, slip: answer.kind === 'ok' ? answer.value.kind : 'unknown' });
      });
  };

  return { phase, changeId, begin, prove, complete, print, enter: () => setPhase({ kind: 'entering', ...OPEN }) };
}

function phaseOpen(phase: RecordPhase): OpenPhase {
  return phase.kind === 'done' ? { kind: 'entering', ...OPEN } : phase;
}

/** Nobody heard the answer to what was under way when its screen went. */
function phaseFound(phase: RecordPhase): RecordPhase {
  switch (phase.kind) {
    case 'entering':
    case 'code':
      return { ...phase, isPending: false };
    case 'confirming':
      return { ...phase, isPending: false, isUnclear: phase.isUnclear || phase.isPending };
    case 'done':
      return phase.slip === 'printing' ? { ...phase, slip: 'unknown' } : phase;
    default:
      return cantHappen(phase);
  }
}
