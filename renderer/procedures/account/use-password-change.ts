import { useRef, useState } from 'react';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { ChangedPassword } from '../../../shared/contract/secrets.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { useTerminal } from '../../app/terminal-context.tsx';
import { type LiveProblem, liveProblem } from '../live-problem.ts';

export type ChangeProblem = LiveProblem<'CENTRAL_UNREACHABLE' | 'PRESENT_REFUSED' | 'NOT_ALLOWED'>;

export type ChangePhase =
  | { readonly kind: 'entering'; readonly problem: ChangeProblem | null }
  /** `isUnclear`: it may be changed already, which the same wish again settles. */
  | { readonly kind: 'confirming' | 'changing'; readonly problem: ChangeProblem | null; readonly isUnclear: boolean }
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

  /** @returns what became of it, where that is known */
  const change = async ({ present, next }: Entries): Promise<ChangeProblem | 'changed' | 'unclear'> => {
    if (isBusy.current) return 'unclear';
    isBusy.current = true;
    const wasUnclear = phase.kind === 'confirming' && phase.isUnclear;
    setPhase({ kind: 'changing', problem: null, isUnclear: wasUnclear });
    const answer = await terminal.connection.ask((client) =>
      client.secrets.change({ sessionId, changeId, accountId, present, next, language }),
    );
    isBusy.current = false;
    if (answer.kind === 'ok') {
      setPhase({ kind: 'done', changed: answer.value, slip: 'untouched' });
      return 'changed';
    }
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      terminal.sessionGone(sessionId);
      return 'unclear';
    }
    const problem = liveProblem(answer);
    // Whether it was made is not known yet: the very same wish is told again, until central has looked at it.
    const isUnclear = problem.kind === 'outcome-unknown' || (wasUnclear && problem.kind !== 'present-refused');
    if (!isUnclear) setChangeId(terminal.newId());
    setPhase(isUnclear ? { kind: 'confirming', problem, isUnclear } : { kind: 'entering', problem });
    return isUnclear ? 'unclear' : problem;
  };

  const print = (changed: ChangedPassword) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setPhase({ kind: 'done', changed, slip: 'printing' });
    void terminal.connection
      .askOnce((client) => client.secrets.printChange({ sessionId, changeId: changed.changeId, language }))
      .then((answer) => {
        isBusy.current = false;
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone(sessionId);
        else setPhase({ kind: 'done', changed, slip: answer.kind === 'ok' ? answer.value.kind : 'unknown' });
      });
  };

  return {
    phase,
    enter: () => setPhase({ kind: 'entering', problem: null }),
    confirm: () => setPhase({ kind: 'confirming', problem: null, isUnclear: false }),
    change,
    print,
  };
}
