import { useEffect, useRef, useState } from 'react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { afterPrint, type Paper, type PrintAnswer } from './after-print.ts';

export type SecretPhase<Secret, Problem> =
  | { readonly kind: 'asking'; readonly problem: Problem | null }
  | { readonly kind: 'issuing' }
  | { readonly kind: 'shown'; readonly issued: Secret; readonly paper: Paper }
  /** It may lie on paper: worth nothing any more, or as soon as central can be reached. */
  | { readonly kind: 'taken-back'; readonly isRevoked: boolean };

/** What came of a wish. */
export type Issued<Secret, Problem> =
  | { readonly kind: 'issued'; readonly secret: Secret }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** It was printed, or taken back, before: the next wish is another. */
  | { readonly kind: 'revoked'; readonly problem: Problem | null }
  /** Another screen stands now. */
  | { readonly kind: 'left' };

export interface IssuedSecretInput<Wish, Secret, Problem> {
  /** What is told once it is there, or is taken back. */
  readonly title: string;
  /** The name of a wish, the same for its repeat. */
  readonly names: { of(wish: Wish): string; drop(): void };
  issue(issueId: string, wish: Wish): Promise<Issued<Secret, Problem>>;
  print(issueId: string): Promise<PrintAnswer>;
  /** null: no session stands behind it. */
  readonly sessionId: string | null;
  /** What to say where this terminal holds it no more; null: it is still good, and stays on the screen. */
  readonly notHeld: Problem | null;
}

/** The backend may ask central twice, and wait for a revocation before that. */
export const ISSUE_DEADLINE_MS = 30_000;
export const PRINT_DEADLINE_MS = 45_000;

/** From the wish to the paper. The secret is in this state and in the backend's memory alone. */
export function useIssuedSecret<Wish, Secret extends { readonly issueId: string }, Problem>(
  input: IssuedSecretInput<Wish, Secret, Problem>,
) {
  const { title, names, sessionId, notHeld } = input;
  const terminal = useTerminal();
  const announce = useAnnounce();
  const [phase, setPhase] = useState<SecretPhase<Secret, Problem>>({ kind: 'asking', problem: null });
  /** A second tap comes before the first one's state. */
  const isBusy = useRef(false);
  const { kind } = phase;
  useEffect(() => {
    if (kind === 'shown' || kind === 'taken-back') announce(title);
  }, [announce, kind, title]);

  async function issue(wish: Wish): Promise<void> {
    if (isBusy.current) return;
    isBusy.current = true;
    setPhase({ kind: 'issuing' });
    const issued = await input.issue(names.of(wish), wish);
    isBusy.current = false;
    switch (issued.kind) {
      case 'issued':
        setPhase({ kind: 'shown', issued: issued.secret, paper: { kind: 'untouched' } });
        return;
      case 'revoked':
        names.drop();
        setPhase({ kind: 'asking', problem: issued.problem });
        return;
      case 'problem':
        setPhase({ kind: 'asking', problem: issued.problem });
        return;
      case 'left':
        return;
      default:
        cantHappen(issued);
    }
  }

  async function print(): Promise<void> {
    if (phase.kind !== 'shown' || isBusy.current) return;
    isBusy.current = true;
    const { issued } = phase;
    setPhase({ ...phase, paper: { kind: 'printing' } });
    const answer = await input.print(issued.issueId);
    isBusy.current = false;
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      if (sessionId !== null) terminal.sessionGone(sessionId);
      return;
    }
    const printed = afterPrint(answer);
    if (printed.kind === 'paper') {
      setPhase({ kind: 'shown', issued, paper: printed.paper });
      return;
    }
    if (printed.kind === 'not-held' && notHeld === null) {
      setPhase({ kind: 'shown', issued, paper: { kind: 'gone' } });
      return;
    }
    names.drop();
    setPhase(printed.kind === 'not-held' ? { kind: 'asking', problem: notHeld } : printed);
  }

  return { phase, issue: (wish: Wish) => void issue(wish), print: () => void print() };
}

/** For a wish that nobody comes back to: one name until it is dropped. */
export function useOneName(): IssuedSecretInput<unknown, unknown, unknown>['names'] {
  const { newId } = useTerminal();
  const name = useRef<string | null>(null);
  return {
    of: () => (name.current ??= newId()),
    drop: () => {
      name.current = null;
    },
  };
}
