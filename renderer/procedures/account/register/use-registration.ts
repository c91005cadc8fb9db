import { useEffect, useRef, useState } from 'react';
import type { RegistrationVisit } from '../../../../shared/contract/registration.ts';
import type { ProofKind } from '../../../../shared/domain/contractor.ts';
import type { AcceptedTerms } from '../../../../shared/domain/terms.ts';
import { MAIL_WAIT_MS } from '../../../app/idle.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { type LiveFailure, type LiveProblem, liveProblem } from '../../live-problem.ts';

export type RegistrationStep =
  | 'contractor'
  | 'proof'
  | 'additional'
  | 'terms'
  | 'account'
  | 'mail'
  | 'contact'
  | 'done'
  /** Half an hour went by, or another registration of the contract was faster. */
  | 'over';

export interface RegistrationEntries {
  readonly kana: string;
  readonly phone: string;
  readonly proofKind: ProofKind;
  readonly proof: string;
  readonly additionalKind: 'customer-number' | 'device';
  readonly additional: string;
  readonly loginId: string;
  readonly password: string;
  readonly again: string;
  readonly code: string;
  readonly contact: 'id' | 'present';
}

type RegistrationRefusal = 'CENTRAL_UNREACHABLE' | 'CONTRACTOR_REFUSED' | 'NOT_ALLOWED' | 'CODE_WRONG';
export type RegistrationProblem = LiveProblem<RegistrationRefusal>;

const NOTHING: RegistrationEntries = {
  ...{ kana: '', phone: '', proofKind: 'customer-number', proof: '', additionalKind: 'customer-number' },
  ...{ additional: '', loginId: '', password: '', again: '', code: '', contact: 'id' },
};
const LOOK_EVERY_MS = 2_000;

export type RegistrationState = ReturnType<typeof useRegistration>;

/**
 * From the contractor's name to the new ID. Every call is harmless to repeat, so that a line that drops costs nothing
 * that was entered. All of it is in this state alone and goes with the visit.
 */
export function useRegistration() {
  const terminal = useTerminal();
  const { language } = useLanguage();
  const [visit, setVisit] = useState(newVisit);
  const [step, setStep] = useState<RegistrationStep>('contractor');
  const [entries, setEntries] = useState(NOTHING);
  const [terms, setTerms] = useState<readonly AcceptedTerms[] | null>(null);
  const [replaces, setReplaces] = useState(false);
  const [presentContact, setPresentContact] = useState<string | null>(null);
  const [problem, setProblem] = useState<RegistrationProblem | null>(null);
  const [isPending, setPending] = useState(false);
  const [triesLeft, setTriesLeft] = useState<number | null>(null);
  const [isMailLate, setMailLate] = useState(false);
  const isBusy = useRef(false);
  const { connection } = terminal;

  function newVisit(): RegistrationVisit {
    return { registrationId: terminal.newId(), visitId: terminal.newId() };
  }

  function go(next: RegistrationStep): void {
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

  function fail(answer: LiveFailure<RegistrationRefusal | 'OVER'>): void {
    const told = liveProblem(answer);
    if (told.kind === 'over') go('over');
    else setProblem(told);
  }

  async function verify(of: RegistrationVisit, withAdditional: boolean, then: RegistrationStep): Promise<void> {
    const { kana, phone, proofKind, proof, additionalKind, additional } = entries;
    const contractor = {
      ...{ kana, phone, proof: { kind: proofKind, value: proof } },
      additional: withAdditional ? { kind: additionalKind, value: additional } : null,
    };
    const answer = await during(() => connection.ask((client) => client.registration.verify({ ...of, contractor })));
    if (answer === null) return;
    if (answer.kind !== 'ok') {
      fail(answer);
      return;
    }
    setReplaces(answer.value.replaces);
    go(answer.value.state === 'additional' ? 'additional' : then);
  }

  async function mail(): Promise<void> {
    if (terms === null) return;
    const { loginId, password } = entries;
    const answer = await during(() =>
      connection.ask((client) =>
        client.registration.mail({ ...visit, loginId, password, terms: [...terms], language }),
      ),
    );
    if (answer === null) return;
    if (answer.kind !== 'ok') {
      fail(answer);
      return;
    }
    setPresentContact(answer.value.presentContact);
    setEntries((now) => ({ ...now, code: '' }));
    setTriesLeft(null);
    setMailLate(false);
    go('mail');
  }

  async function complete(contact: 'id' | 'present'): Promise<void> {
    const answer = await during(() => connection.ask((client) => client.registration.complete({ ...visit, contact })));
    if (answer === null) return;
    if (answer.kind !== 'ok') {
      fail(answer);
      return;
    }
    setEntries({ ...NOTHING, loginId: answer.value.loginId });
    go('done');
  }

  async function proved(): Promise<void> {
    if (presentContact === null) await complete('id');
    else go('contact');
  }

  async function prove(): Promise<void> {
    const answer = await during(() =>
      connection.ask((client) => client.registration.prove({ ...visit, code: entries.code })),
    );
    if (answer === null) return;
    if (answer.kind === 'ok') await proved();
    else fail(answer);
  }

  const onLooked = useRef({ proved, go });
  useEffect(() => {
    onLooked.current = { proved, go };
  });
  useEffect(() => {
    if (step !== 'mail') return undefined;
    let isWanted = true;
    // A function, since it may have changed while something was awaited.
    const isOver = () => !isWanted;
    const look = async (): Promise<void> => {
      while (!isOver()) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        const answer = isBusy.current ? null : await connection.askOnce((client) => client.registration.state(visit));
        if (isOver() || answer?.kind !== 'ok' || isBusy.current) continue;
        setTriesLeft(answer.value.triesLeft);
        if (answer.value.state === 'over') onLooked.current.go('over');
        if (answer.value.state === 'proved') await onLooked.current.proved();
      }
    };
    void look();
    const late = setTimeout(() => setMailLate(true), MAIL_WAIT_MS);
    return () => {
      isWanted = false;
      clearTimeout(late);
    };
  }, [step, connection, visit]);

  return {
    ...{ step, entries, terms, replaces, presentContact, problem, isPending, triesLeft, isMailLate, go },
    enter: (changes: Partial<RegistrationEntries>) => setEntries((now) => ({ ...now, ...changes })),
    accept: setTerms,
    verify: () => void verify(visit, step === 'additional', 'terms'),
    mail: () => void mail(),
    prove: () => void prove(),
    complete: () => void complete(entries.contact),
    /** A fresh start: who it is, what was accepted and the ID stay. */
    beginAnew: () => {
      const next = newVisit();
      setVisit(next);
      setEntries((now) => ({ ...now, password: '', again: '', code: '' }));
      void verify(next, entries.additional !== '', terms === null ? 'terms' : 'account');
    },
  };
}
