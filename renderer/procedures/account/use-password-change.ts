import { useRef, useState } from 'react';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { ChangedPassword } from '../../../shared/contract/secrets.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { useTerminal } from '../../app/terminal-context.tsx';

export type ChangeProblem =
  | { readonly kind: 'throttled'; readonly minutes: number }
  | { readonly kind: 'present-refused' | 'unreachable' | 'outcome-unknown' | 'not-allowed' | 'failed' };

export type ChangePhase =
  | { readonly kind: 'entering' | 'confirming' | 'changing'; readonly problem: ChangeProblem | null }
  | {
      readonly kind: 'done';
      readonly changed: ChangedPassword;
      readonly slip: 'untouched' | 'printing' | PrintOutcome['kind'];
    };

export interface Entries {
  readonly present: string;
  readonly next: string;
}

/** From the entries to central and back. A wish keeps its name until central has answered it. */
export function usePasswordChange(input: { sessionId: string; accountId: string | null; language: Language }) {
  const { sessionId, accountId, language } = input;
  const terminal = useTerminal();
  const [phase, setPhase] = useState<ChangePhase>({ kind: 'entering', problem: null });
  const [changeId, setChangeId] = useState(() => terminal.newId());
  const isBusy = useRef(false);

  const change = async ({ present, next }: Entries): Promise<ChangeProblem | null> => {
    if (isBusy.current) return null;
    isBusy.current = true;
    setPhase({ kind: 'changing', problem: null });
    const answer = await terminal.connection.ask((client) =>
      client.secrets.change({ sessionId, changeId, accountId, present, next, language }),
    );
    isBusy.current = false;
    if (answer.kind === 'ok') {
      setPhase({ kind: 'done', changed: answer.value, slip: 'untouched' });
      return null;
    }
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      terminal.sessionGone();
      return null;
    }
    const problem = problemOf(answer);
    // Whether it was made is not known yet: the very same wish is told again.
    if (problem.kind !== 'outcome-unknown') setChangeId(terminal.newId());
    setPhase({ kind: problem.kind === 'outcome-unknown' ? 'confirming' : 'entering', problem });
    return problem;
  };

  const print = (changed: ChangedPassword) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setPhase({ kind: 'done', changed, slip: 'printing' });
    void terminal.connection
      .askOnce((client) => client.secrets.printChange({ sessionId, changeId: changed.changeId, language }))
      .then((answer) => {
        isBusy.current = false;
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone();
        else setPhase({ kind: 'done', changed, slip: answer.kind === 'ok' ? answer.value.kind : 'unknown' });
      });
  };

  return {
    phase,
    enter: () => setPhase({ kind: 'entering', problem: null }),
    confirm: () => setPhase({ kind: 'confirming', problem: null }),
    change,
    print,
  };
}

type Failed =
  | {
      readonly kind: 'refused';
      readonly error:
        | { readonly code: 'THROTTLED'; readonly data: { readonly retryAfterSeconds: number } }
        | {
            readonly code:
              | 'SESSION_GONE'
              | 'CENTRAL_UNREACHABLE'
              | 'OUTCOME_UNKNOWN'
              | 'PRESENT_REFUSED'
              | 'UNKNOWN_ACCOUNT'
              | 'NOT_ALLOWED';
          };
    }
  | { readonly kind: 'failed' }
  | { readonly kind: 'link-lost' };

function problemOf(answer: Failed): ChangeProblem {
  if (answer.kind === 'link-lost') return { kind: 'outcome-unknown' };
  if (answer.kind === 'failed') return { kind: 'failed' };
  switch (answer.error.code) {
    case 'THROTTLED':
      return { kind: 'throttled', minutes: Math.ceil(answer.error.data.retryAfterSeconds / 60) };
    case 'CENTRAL_UNREACHABLE':
      return { kind: 'unreachable' };
    case 'OUTCOME_UNKNOWN':
      return { kind: 'outcome-unknown' };
    case 'PRESENT_REFUSED':
      return { kind: 'present-refused' };
    case 'NOT_ALLOWED':
      return { kind: 'not-allowed' };
    case 'UNKNOWN_ACCOUNT':
    case 'SESSION_GONE':
      return { kind: 'failed' };
    default:
      return cantHappen(answer.error);
  }
}
