import { useEffect, useRef, useState } from 'react';
import { portalIdSchema } from '../../../../shared/central-api/common.ts';
import type { ResetWay } from '../../../../shared/central-api/password-resets.ts';
import type { ResetOwner, ResetVisit } from '../../../../shared/contract/password-reset.ts';
import type { SecretAnswer } from '../../../../shared/domain/secret-question.ts';
import { useUnderWay } from '../../../app/under-way-context.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useMailLate } from '../../../app/mail-wait.ts';
import { useTerminal } from '../../../app/terminal-context.tsx';
import type { SecretEntry } from './secret-question.tsx';
import { type LiveFailure, type LiveProblem, liveProblem } from '../../live-problem.ts';

/** Who comes in: somebody who types their ID, or a customer whose session staff opened. */
export type ResetStart = { readonly kind: 'guest' } | { readonly kind: 'staff'; readonly sessionId: string };

export type ResetStep =
  /** Whose password it is. */
  | 'id'
  | 'code'
  | 'password'
  /** By the secret question: it and its answer; after the code both again. */
  | 'question'
  | 'issue'
  | 'done'
  /** Half an hour went by, there were too many wrong answers, or the customer has another ID or password since. */
  | 'over';

export interface ResetEntries extends SecretEntry {
  readonly loginId: string;
  readonly code: string;
  readonly password: string;
  readonly again: string;
}

type ResetRefusal = 'CENTRAL_UNREACHABLE' | 'NO_CONTACT' | 'CODE_WRONG' | 'ANSWER_WRONG' | 'NOT_ALLOWED';
export type ResetProblem = LiveProblem<ResetRefusal>;

const NOTHING: ResetEntries = { loginId: '', code: '', password: '', again: '', question: null, answer: '' };

/** How far one is that staff began, for when their terminal was locked meanwhile. */
export interface KeptReset {
  readonly visit: ResetVisit;
  readonly step: ResetStep;
  readonly way: ResetWay;
}

export type PasswordResetState = ReturnType<typeof usePasswordReset>;

/** From the ID to the new password. Every call is harmless to repeat; all that is entered is in this state alone. */
export function usePasswordReset(start: ResetStart) {
  const terminal = useTerminal();
  const { language } = useLanguage();
  const underWay = useUnderWay();
  const [kept] = useState(() => (start.kind === 'staff' ? underWay.reset() : null));
  const [visit, setVisit] = useState(kept?.visit ?? newVisit);
  const [step, setStep] = useState<ResetStep>(kept?.step ?? 'id');
  const [entries, setEntries] = useState(NOTHING);
  const [problem, setProblem] = useState<ResetProblem | null>(null);
  const [isPending, setPending] = useState(false);
  const [triesLeft, setTriesLeft] = useState<number | null>(null);
  const [mails, setMails] = useState(0);
  const [way, setWay] = useState<ResetWay>(kept?.way ?? 'code');
  const isMailLate = useMailLate(step === 'code', mails);
  const isBusy = useRef(false);
  const { connection } = terminal;

  useEffect(() => {
    if (start.kind === 'staff') underWay.keepReset(step === 'done' ? null : { visit, step, way });
  }, [start.kind, underWay, visit, step, way]);

  function newVisit(): ResetVisit {
    return { resetId: terminal.newId(), visitId: terminal.newId() };
  }

  function go(next: ResetStep): void {
    setProblem(null);
    setStep(next);
  }

  /** One call at a time: a second tap comes before the first one's state. */
  async function during<T>(call: () => Promise<T>): Promise<T | null> {
    if (isBusy.current) return null;
    isBusy.current = true;
    setPending(true);
    setProblem(null);
    const answer = await call();
    isBusy.current = false;
    setPending(false);
    return answer;
  }

  function fail(answer: LiveFailure<ResetRefusal | 'OVER'>): void {
    const told = liveProblem(answer);
    if (told.kind === 'over') go('over');
    else setProblem(told);
  }

  async function begin(of: ResetVisit): Promise<void> {
    const owner: ResetOwner =
      start.kind === 'staff'
        ? { kind: 'session', sessionId: start.sessionId }
        : { kind: 'id', loginId: portalIdSchema.parse(entries.loginId) };
    const answer = await during(() =>
      connection.ask((client) => client.passwordReset.begin({ ...of, owner, language })),
    );
    if (answer === null) return;
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      if (owner.kind === 'session') terminal.sessionGone(owner.sessionId);
      return;
    }
    if (answer.kind !== 'ok') {
      if (answer.kind !== 'refused') fail(answer);
      else if (answer.error.code !== 'SESSION_GONE') fail({ kind: 'refused', error: answer.error });
      return;
    }
    setWay(answer.value.way);
    if (answer.value.way === 'code') mailed();
    else {
      setEntries((now) => ({ ...now, question: null, answer: '' }));
      go('question');
    }
  }

  function mailed(): void {
    setEntries((now) => ({ ...now, code: '' }));
    setTriesLeft(null);
    setMails((now) => now + 1);
    go('code');
  }

  async function remember(given: SecretAnswer): Promise<void> {
    const wish = { ...visit, ...given, language };
    const answer = await during(() => connection.ask((client) => client.passwordReset.remember(wish)));
    if (answer === null) return;
    if (answer.kind === 'ok') mailed();
    else fail(answer);
  }

  /** What was chosen is to be said again from memory. */
  function proved(): void {
    setEntries((now) => ({ ...now, question: null, answer: '' }));
    go('issue');
  }

  async function prove(): Promise<void> {
    const answer = await during(() =>
      connection.ask((client) => client.passwordReset.prove({ ...visit, code: entries.code })),
    );
    if (answer === null) return;
    if (answer.kind === 'ok') {
      if (way === 'code') go('password');
      else proved();
      return;
    }
    fail(answer);
    if (answer.kind !== 'refused' || answer.error.code !== 'CODE_WRONG') return;
    const state = await connection.askOnce((client) => client.passwordReset.state(visit));
    if (state.kind === 'ok') setTriesLeft(state.value.triesLeft);
  }

  async function complete(): Promise<void> {
    const { password } = entries;
    const answer = await during(() =>
      connection.ask((client) => client.passwordReset.complete({ ...visit, password })),
    );
    if (answer === null) return;
    if (answer.kind !== 'ok') {
      fail(answer);
      return;
    }
    setEntries({ ...NOTHING, loginId: answer.value.loginId });
    go('done');
  }

  const { question, answer: typed } = entries;
  return {
    ...{ start, visit, step, way, entries, problem, isPending, triesLeft, isMailLate, go },
    remember: (given: SecretAnswer) => void remember(given),
    mailAgain: () => {
      if (way === 'code') void begin(visit);
      else if (question !== null) void remember({ question, answer: typed });
    },
    enter: (changes: Partial<ResetEntries>) => setEntries((now) => ({ ...now, ...changes })),
    begin: () => void begin(visit),
    prove: () => void prove(),
    complete: () => void complete(),
    /** A fresh start: the ID stays. */
    beginAnew: () => {
      const next = newVisit();
      setVisit(next);
      setEntries(({ loginId }) => ({ ...NOTHING, loginId }));
      void begin(next);
    },
  };
}
