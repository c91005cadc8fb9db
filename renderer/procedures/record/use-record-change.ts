import { useRef, useState } from 'react';
import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { ChangedRecord } from '../../../shared/contract/record.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { useTerminal } from '../../app/terminal-context.tsx';

export type RecordProblem =
  | { readonly kind: 'throttled'; readonly minutes: number }
  | {
      readonly kind:
        | 'unreachable'
        | 'outcome-unknown'
        | 'over'
        | 'not-allowed'
        | 'no-contact'
        | 'code-wrong'
        | 'id-taken'
        | 'failed';
    };

type Open = { readonly problem: RecordProblem | null; readonly isPending: boolean };
export type RecordPhase =
  | ({ readonly kind: 'entering' } & Open)
  /** A code is under way to that address. */
  | ({ readonly kind: 'code'; readonly wish: RecordWish; readonly mailedTo: string } & Open)
  | ({ readonly kind: 'confirming'; readonly wish: RecordWish } & Open)
  | {
      readonly kind: 'done';
      readonly changed: ChangedRecord;
      readonly slip: 'untouched' | 'printing' | PrintOutcome['kind'];
    };

const OPEN: Open = { problem: null, isPending: false };

/** From the wish over its code to what is on record. Every call may be told again: central does each wish once. */
export function useRecordChange({ sessionId, language }: { sessionId: string; language: Language }) {
  const terminal = useTerminal();
  const { connection } = terminal;
  const [phase, setPhase] = useState<RecordPhase>({ kind: 'entering', ...OPEN });
  const [changeId, setChangeId] = useState(() => terminal.newId());
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);

  /** @param from where to stay when it doesn't work out */
  async function ask<Value>(from: Exclude<RecordPhase, { kind: 'done' }>, question: () => Promise<Answer<Value>>) {
    if (isBusy.current) return null;
    isBusy.current = true;
    setPhase({ ...from, problem: null, isPending: true });
    const answer = await question();
    isBusy.current = false;
    if (answer.kind === 'ok') return answer;
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      terminal.sessionGone();
      return null;
    }
    const problem = problemOf(answer);
    // Central takes nothing more under that name.
    if (problem.kind === 'over') setChangeId(terminal.newId());
    const isFromStart = problem.kind === 'over' || problem.kind === 'id-taken' || problem.kind === 'not-allowed';
    setPhase(isFromStart ? { kind: 'entering', problem, isPending: false } : { ...from, problem, isPending: false });
    return null;
  }

  const begin = async (wish: RecordWish, from: Exclude<RecordPhase, { kind: 'done' }> = phaseOpen(phase)) => {
    const begun = await ask(from, () =>
      connection.ask((client) => client.record.begin({ sessionId, changeId, wish, language })),
    );
    if (begun === null) return;
    const { mailedTo } = begun.value;
    setPhase(mailedTo === null ? { kind: 'confirming', wish, ...OPEN } : { kind: 'code', wish, mailedTo, ...OPEN });
  };

  const prove = async (code: string): Promise<void> => {
    if (phase.kind !== 'code') return;
    const proved = await ask(phase, () =>
      connection.ask((client) => client.record.prove({ sessionId, changeId, code })),
    );
    if (proved !== null) setPhase({ kind: 'confirming', wish: phase.wish, ...OPEN });
  };

  const complete = async (): Promise<void> => {
    if (phase.kind !== 'confirming') return;
    const completed = await ask(phase, () =>
      connection.ask((client) => client.record.complete({ sessionId, changeId })),
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
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone();
        else setPhase({ kind: 'done', changed, slip: answer.kind === 'ok' ? answer.value.kind : 'unknown' });
      });
  };

  return { phase, begin, prove, complete, print, enter: () => setPhase({ kind: 'entering', ...OPEN }) };
}

function phaseOpen(phase: RecordPhase): Exclude<RecordPhase, { kind: 'done' }> {
  return phase.kind === 'done' ? { kind: 'entering', ...OPEN } : phase;
}

type Refused =
  | { readonly code: 'THROTTLED'; readonly data: { readonly retryAfterSeconds: number } }
  | {
      readonly code:
        | 'SESSION_GONE'
        | 'CENTRAL_UNREACHABLE'
        | 'OUTCOME_UNKNOWN'
        | 'OVER'
        | 'NOT_ALLOWED'
        | 'NO_CONTACT'
        | 'CODE_WRONG'
        | 'ID_TAKEN';
    };
type Failed =
  | { readonly kind: 'refused'; readonly error: Refused }
  | { readonly kind: 'failed' }
  | { readonly kind: 'link-lost' };
type Answer<Value> = { readonly kind: 'ok'; readonly value: Value } | Failed;

function problemOf(answer: Failed): RecordProblem {
  if (answer.kind === 'link-lost') return { kind: 'outcome-unknown' };
  if (answer.kind === 'failed') return { kind: 'failed' };
  switch (answer.error.code) {
    case 'THROTTLED':
      return { kind: 'throttled', minutes: Math.ceil(answer.error.data.retryAfterSeconds / 60) };
    case 'CENTRAL_UNREACHABLE':
      return { kind: 'unreachable' };
    case 'OUTCOME_UNKNOWN':
      return { kind: 'outcome-unknown' };
    case 'OVER':
      return { kind: 'over' };
    case 'NOT_ALLOWED':
      return { kind: 'not-allowed' };
    case 'NO_CONTACT':
      return { kind: 'no-contact' };
    case 'CODE_WRONG':
      return { kind: 'code-wrong' };
    case 'ID_TAKEN':
      return { kind: 'id-taken' };
    case 'SESSION_GONE':
      return { kind: 'failed' };
    default:
      return cantHappen(answer.error);
  }
}
