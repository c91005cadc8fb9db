import { useEffect, useRef, useState } from 'react';
import type { ContactChoice, RegistrationMail } from '../../../../shared/central-api/registration.ts';
import type { RegistrationVisit } from '../../../../shared/contract/registration.ts';
import type { ProofKind } from '../../../../shared/domain/contractor.ts';
import type { AcceptedTerms } from '../../../../shared/domain/terms.ts';
import { useUnderWay } from '../../../app/under-way-context.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useMailLate } from '../../../app/mail-wait.ts';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { useProofWatch } from './use-proof-watch.ts';
import { type LiveFailure, type LiveProblem, liveProblem } from '../../live-problem.ts';

/** Where somebody comes in: who they are is to be proved, was proved elsewhere, or was looked at by staff. */
export type RegistrationStart =
  | { readonly kind: 'contractor'; readonly isRecovery: boolean }
  | { readonly kind: 'redeem' }
  | { readonly kind: 'staff'; readonly sessionId: string };

export type RegistrationStep =
  /** Staff choose how it goes on. */
  | 'staff'
  /** Staff are back at their terminal, which was locked meanwhile: the customer goes on from there. */
  | 'hand-over'
  /** With a one-time password from elsewhere. */
  | 'redeem'
  | 'contractor'
  | 'proof'
  | 'additional'
  | 'terms'
  | 'account'
  | 'mail'
  /** Goes on elsewhere. */
  | 'one-time'
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
  readonly oneTime: string;
  /** Whether the customer, whom staff serve, has the ID and the password entered here. */
  readonly way: 'here' | 'slip';
  readonly loginId: string;
  readonly password: string;
  readonly again: string;
  readonly code: string;
  readonly contact: ContactChoice;
}

type RegistrationRefusal =
  | 'CENTRAL_UNREACHABLE'
  | 'CONTRACTOR_REFUSED'
  | 'NOT_ALLOWED'
  | 'CODE_WRONG'
  | 'ONE_TIME_REFUSED';
export type RegistrationProblem =
  | LiveProblem<RegistrationRefusal>
  /** It isn't kept over a lock. */
  | { readonly kind: 'password-gone' };

/** Where news may go but to the new ID. */
type ContactsBeside = Pick<RegistrationMail, 'presentContact' | 'mailAddresses'>;

const NOTHING: RegistrationEntries = {
  ...{ kana: '', phone: '', proofKind: 'customer-number', proof: '', additionalKind: 'customer-number' },
  ...{ oneTime: '', way: 'here', additional: '', loginId: '', password: '', again: '', code: '', contact: 'id' },
};

export interface KeptRegistration {
  readonly visit: RegistrationVisit;
  readonly step: RegistrationStep;
  readonly entries: RegistrationEntries;
  readonly terms: readonly AcceptedTerms[] | null;
  readonly replaces: boolean;
  readonly beside: ContactsBeside;
  readonly isElsewhere: boolean;
  /** The one-time password that begins it, by its name; null: none is asked for yet. */
  readonly adopting: string | null;
}

export type RegistrationState = ReturnType<typeof useRegistration>;

/**
 * From the contractor's name to the new ID. Every call is harmless to repeat, so that a line that drops costs nothing
 * that was entered. All of it is in this state alone and goes with the visit; what staff began is kept with the
 * customer's session, but for passwords.
 */
export function useRegistration(start: RegistrationStart) {
  const terminal = useTerminal();
  const { language } = useLanguage();
  const underWay = useUnderWay();
  const [kept] = useState(() => (start.kind === 'staff' ? underWay.registration() : null));
  const [visit, setVisit] = useState(kept?.visit ?? newVisit);
  const [step, setStep] = useState<RegistrationStep>(() => (kept === null ? start.kind : stepFound(kept)));
  const [entries, setEntries] = useState(kept?.entries ?? NOTHING);
  const [terms, setTerms] = useState(kept?.terms ?? null);
  const [replaces, setReplaces] = useState(kept?.replaces ?? false);
  const [beside, setBeside] = useState<ContactsBeside>(kept?.beside ?? { presentContact: null, mailAddresses: [] });
  const [problem, setProblem] = useState<RegistrationProblem | null>(null);
  const [isPending, setPending] = useState(false);
  const [triesLeft, setTriesLeft] = useState<number | null>(null);
  const [mails, setMails] = useState(0);
  const isMailLate = useMailLate(step === 'mail', mails);
  /** It was begun elsewhere: here is nothing to go back to. */
  const [isElsewhere, setElsewhere] = useState(kept?.isElsewhere ?? false);
  const isBusy = useRef(false);
  const [adopting, setAdopting] = useState(kept?.adopting ?? null);
  const { connection } = terminal;

  useEffect(() => {
    // Until the customer has the screen again, it is still where they left it.
    if (start.kind !== 'staff' || step === 'hand-over') return;
    const known = { ...entries, password: '', again: '', oneTime: '', code: '' };
    underWay.keepRegistration({ visit, step, entries: known, terms, replaces, beside, isElsewhere, adopting });
  }, [start.kind, underWay, visit, step, entries, terms, replaces, beside, isElsewhere, adopting]);

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

  function fail(answer: LiveFailure<RegistrationRefusal | 'OUTCOME_UNKNOWN' | 'OVER'>): void {
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

  async function redeem(password: string): Promise<void> {
    const answer = await during(() => connection.ask((client) => client.registration.redeem({ ...visit, password })));
    if (answer === null) return;
    if (answer.kind !== 'ok') {
      fail(answer);
      return;
    }
    const { loginId, replaces: isReplaced, terms: accepted } = answer.value;
    setEntries((now) => ({ ...now, oneTime: '', loginId: loginId ?? now.loginId }));
    setTerms(accepted);
    setReplaces(isReplaced);
    setElsewhere(true);
    go('account');
  }

  /** What staff made sure of becomes a registration of this terminal's, by a one-time password that nobody sees. */
  async function adopt(sessionId: string, accepted: readonly AcceptedTerms[]): Promise<void> {
    const issueId = adopting ?? terminal.newId();
    setAdopting(issueId);
    const wish = { issueId, terms: [...accepted], language };
    const answer = await during(() =>
      connection.ask((client) => client.oneTime.issue({ ...wish, owner: { kind: 'session', sessionId } })),
    );
    if (answer === null) return;
    if (answer.kind === 'ok') {
      await redeem(answer.value.password);
      return;
    }
    if (answer.kind !== 'refused') {
      fail(answer);
      return;
    }
    const { error } = answer;
    if (error.code === 'SESSION_GONE') terminal.sessionGone(sessionId);
    else if (error.code !== 'REVOKED') fail({ kind: 'refused', error });
    else {
      setAdopting(null);
      setProblem({ kind: 'failed' });
    }
  }

  async function mail(): Promise<void> {
    if (terms === null) return;
    const { loginId, password } = entries;
    if (password === '') {
      setProblem({ kind: 'password-gone' });
      setStep('account');
      return;
    }
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
    setBeside(answer.value);
    setEntries((now) => ({ ...now, code: '' }));
    setTriesLeft(null);
    setMails((now) => now + 1);
    go('mail');
  }

  async function complete(contact: ContactChoice): Promise<void> {
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
    if (beside.presentContact === null && beside.mailAddresses.length === 0) await complete('id');
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

  const askState = async () => {
    const state = isBusy.current ? null : await connection.askOnce((client) => client.registration.state(visit));
    return state?.kind === 'ok' && !isBusy.current ? state.value : null;
  };
  useProofWatch(step === 'mail', visit, askState, async (state) => {
    setTriesLeft(state.triesLeft);
    if (state.state === 'over') go('over');
    if (state.state === 'proved') await proved();
  });

  return {
    ...{ step, entries, terms, replaces, beside, problem, isPending, triesLeft, isMailLate, go },
    enter: (changes: Partial<RegistrationEntries>) => setEntries((now) => ({ ...now, ...changes })),
    ...{ isElsewhere, start, visit },
    accept: setTerms,
    /** The customer has the screen again. */
    handOver: () => {
      terminal.staff.leave('with-customer');
      go(kept === null ? start.kind : stepToGoOn(kept));
    },
    /** It is left for good. */
    drop: () => underWay.keepRegistration(null),
    /** The terms were. */
    goOn: () => {
      if (start.kind !== 'staff') go('account');
      else if (entries.way === 'slip') go('one-time');
      else if (isElsewhere) go('account');
      else if (terms !== null) void adopt(start.sessionId, terms);
    },
    redeem: () => void redeem(entries.oneTime),
    verify: () => void verify(visit, step === 'additional', 'terms'),
    mail: () => void mail(),
    prove: () => void prove(),
    complete: () => void complete(entries.contact),
    /** A fresh start: who it is, what was accepted and the ID stay. */
    beginAnew: () => {
      const next = newVisit();
      setVisit(next);
      setEntries((now) => ({ ...now, password: '', again: '', code: '' }));
      setAdopting(null);
      setElsewhere(false);
      if (isElsewhere) {
        go(start.kind === 'staff' ? 'staff' : 'contractor');
        return;
      }
      void verify(next, entries.additional !== '', terms === null ? 'terms' : 'account');
    },
  };
}

/** What stands when staff come back to their terminal. */
function stepFound({ step }: KeptRegistration): RegistrationStep {
  return step === 'staff' || step === 'done' ? step : 'hand-over';
}

/** A one-time password that was shown was forgotten when its screen went: another is asked for where it was. */
function stepToGoOn({ step, isElsewhere }: KeptRegistration): RegistrationStep {
  if (step !== 'one-time') return step;
  return isElsewhere ? 'account' : 'terms';
}
