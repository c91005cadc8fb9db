import type { Account, AccountKind } from '../domain/account.ts';
import type { ChosenPassword } from '../domain/password-rule.ts';
import type { Audience, OfflineKind, Purpose } from './procedure.ts';

/** What a procedure does that is no application: shown at once, or done by central at once or not at all. */
export type LiveTask =
  /** Central issues a password for one of the customer's accounts of that kind. */
  | { readonly kind: 'reissue-password'; readonly account: AccountKind }
  /** A contractor who has no iTSCOM ID yet, or none any more, registers one. */
  | { readonly kind: 'register' }
  /** The same, by who no longer knows the present one. */
  | { readonly kind: 'recover-id' }
  /** Another password for who no longer knows the present one. */
  | { readonly kind: 'reset-password' }
  /** What is on record, and where it can be changed. */
  | { readonly kind: 'customer-record' }
  /** Another iTSCOM ID, by a code to the contact address. */
  | { readonly kind: 'change-id' }
  /** What the customer's courses include of みるプラス. */
  | { readonly kind: 'video-overview' }
  /** Another ID, or another password for one, by who knows its present password. */
  | { readonly kind: 'manage-cable-ids' }
  /** The customer, who knows the present one, chooses another. */
  | { readonly kind: 'change-password'; readonly account: ChosenPassword };

/** Why a live procedure can't be done; its text is `unavailable.<reason>` in the locales. */
export const LIVE_UNAVAILABLE_REASONS = ['no-access-account', 'no-cable-id'] as const;
export type LiveUnavailableReason = (typeof LIVE_UNAVAILABLE_REASONS)[number];

/**
 * A procedure without draft, quote, order and outbox: all that is common to these is where and to whom they are offered.
 * What they do is `task`, and its screen.
 */
export interface LiveProcedure {
  readonly id: string;
  readonly area: 'internet' | 'tv' | 'other';
  readonly purposes: readonly Purpose[];
  readonly manual: readonly [number, number];
  readonly audience: readonly Audience[];
  readonly offline: Exclude<OfflineKind, 'queue'>;
  readonly task: LiveTask;
  /** null: it can be done. */
  whyNot(accounts: readonly Account[]): LiveUnavailableReason | null;
}
