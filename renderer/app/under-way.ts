import type { KeptRegistration } from '../procedures/account/register/use-registration.ts';
import type { KeptReset } from '../procedures/account/reset-password/use-password-reset.ts';
import type { KeptContact } from '../procedures/record/change-contact.tsx';
import type { SlipState } from '../wizard/use-slip.ts';
import type { WizardState } from '../wizard/wizard-state.ts';

/**
 * Where the customer is in each procedure, so that leaving a screen by its address and coming back finds the entries.
 * In memory only, and wiped with the session.
 */
export interface UnderWay {
  get(procedureId: string): WizardState | undefined;
  keep(procedureId: string, state: WizardState): void;
  drop(procedureId: string): void;
  /** What became of an application's slip; undefined before it was first asked for. */
  slipOf(applicationId: string): SlipState | undefined;
  keepSlip(applicationId: string, slip: SlipState): void;
  /** For which account a password is to be issued, under which name of the page's making; never the password. */
  wishOf(procedureId: string): PasswordWish | undefined;
  keepWish(procedureId: string, wish: PasswordWish): void;
  dropWish(procedureId: string): void;
  /** How far a registration is that staff began, for when their terminal was locked meanwhile; never its password. */
  registration(): KeptRegistration | null;
  keepRegistration(registration: KeptRegistration | null): void;
  /** The same of a reset of a forgotten password; never an answer, a code or a password. */
  reset(): KeptReset | null;
  keepReset(reset: KeptReset | null): void;
  /** What was entered as a new contact, and how far its change is; never a code. */
  contact(): KeptContact | null;
  keepContact(contact: KeptContact | null): void;
  wipe(): void;
}

export interface PasswordWish {
  readonly issueId: string;
  readonly accountId: string;
}

export function createUnderWay(): UnderWay {
  const states = new Map<string, WizardState>();
  const slips = new Map<string, SlipState>();
  const wishes = new Map<string, PasswordWish>();
  let registration: KeptRegistration | null = null;
  let reset: KeptReset | null = null;
  let contact: KeptContact | null = null;
  return {
    get: (procedureId) => states.get(procedureId),
    keep: (procedureId, state) => {
      states.set(procedureId, state);
    },
    drop: (procedureId) => {
      states.delete(procedureId);
    },
    slipOf: (applicationId) => slips.get(applicationId),
    keepSlip: (applicationId, slip) => {
      slips.set(applicationId, slip);
    },
    wishOf: (procedureId) => wishes.get(procedureId),
    keepWish: (procedureId, wish) => {
      wishes.set(procedureId, wish);
    },
    dropWish: (procedureId) => {
      wishes.delete(procedureId);
    },
    registration: () => registration,
    keepRegistration: (next) => {
      registration = next;
    },
    reset: () => reset,
    keepReset: (next) => {
      reset = next;
    },
    contact: () => contact,
    keepContact: (next) => {
      contact = next;
    },
    wipe: () => {
      states.clear();
      slips.clear();
      wishes.clear();
      registration = null;
      reset = null;
      contact = null;
    },
  };
}
