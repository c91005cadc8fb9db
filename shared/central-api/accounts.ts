import { z } from 'zod';
import { type Account, ACCOUNT_KINDS, type AccountKind } from '../domain/account.ts';
import { languageSchema } from '../domain/language.ts';
import { PRESENT_PASSWORD_MOST } from '../domain/password-rule.ts';
import { relatedPartySchema } from './common.ts';

/** TMF720 v4, as far as a terminal reads it: `nickname` is what the customer signs in with, `@type` says where. */
export const tmfDigitalIdentitySchema = z.looseObject({
  id: z.string(),
  nickname: z.string().optional(),
  relatedParty: z.array(relatedPartySchema).optional(),
  '@type': z.string(),
});
export type TmfDigitalIdentity = z.infer<typeof tmfDigitalIdentitySchema>;

/** The `@type` of each kind. */
export const IDENTITY_TYPES: Readonly<Record<AccountKind, string>> = {
  'access-account': 'AccessAccount',
  'cable-id': 'CableId',
};

/** `@type` of the iTSCOM ID itself, with which the customer signs in at the portal and here. */
export const PORTAL_IDENTITY = 'PortalAccount';

/** null: of a kind that no procedure here is for. */
export function accountFromTmf(identity: TmfDigitalIdentity): Account | null {
  const kind = ACCOUNT_KINDS.find((one) => IDENTITY_TYPES[one] === identity['@type']);
  const { id, nickname } = identity;
  return kind === undefined || nickname === undefined || nickname === '' ? null : { id, kind, login: nickname };
}

/**
 * POST with the customer's token: central makes a password, keeps its hash and answers with it once. `id` is the
 * terminal's name for this wish. Nothing remembers the password: a repeat with the next `attempt` takes the earlier one
 * back and issues another; one that comes late, with an attempt that was overtaken, is refused.
 */
export const passwordIssueRequestSchema = z.strictObject({
  id: z.uuid(),
  attempt: z.int().min(1).max(1_000_000),
  accountId: z.string().min(1).max(100),
  /** Of the mail that tells the customer. */
  language: languageSchema,
});

export const passwordIssueSchema = z.strictObject({
  id: z.uuid(),
  password: z.string().min(5).max(32),
  issuedAt: z.iso.datetime(),
});

/**
 * POST `<passwordIssues>/<id>/revocation` with the terminal's own token, also after the session: up to that attempt, what
 * was issued under that id is worth nothing from now on, and what is still under way never will be.
 */
export const passwordRevocationSchema = z.strictObject({ attempt: z.int().min(1).max(1_000_000) });
export const passwordRevokedSchema = z.strictObject({ id: z.uuid() });

/**
 * POST with the token of a customer who signed in alone: the password becomes the one that was chosen. `id` is the
 * terminal's name for this wish, and its repeat is harmless.
 */
export const passwordChangeRequestSchema = z.strictObject({
  id: z.uuid(),
  /** null: the portal's own, of the iTSCOM ID. */
  accountId: z.string().min(1).max(100).nullable(),
  present: z.string().min(1).max(PRESENT_PASSWORD_MOST),
  next: z.string().min(1).max(100),
  language: languageSchema,
});

export const passwordChangeSchema = z.strictObject({
  id: z.uuid(),
  /** What it goes with. */
  login: z.string().min(1),
  changedAt: z.iso.datetime(),
});

/**
 * POST with the token of a customer who signed in alone: one more イッツコムケーブルID. `id` is the terminal's name for the
 * wish, and its repeat gives the same ID.
 */
export const cableIdRequestSchema = z.strictObject({
  id: z.uuid(),
  /** The Cable ID that they know the password of. */
  accountId: z.string().min(1).max(100),
  present: z.string().min(1).max(PRESENT_PASSWORD_MOST),
  language: languageSchema,
});

/** It has no password yet. */
export const cableIdAddedSchema = z.strictObject({ id: z.string().min(1), login: z.string().min(1) });

export const ACCOUNT_ERRORS = {
  /** 422: the present password was another, or there were too many wrong ones. */
  presentRefused: 'present-refused',
  /** 422: the new one breaks the rules for its length or characters. */
  passwordRule: 'password-rule',
  /** 409: a later attempt, or a revocation, came first. */
  overtaken: 'overtaken',
  /** 409 */
  tooManyIds: 'too-many-ids',
  /** 422: the id belongs to another account. */
  idReused: 'id-reused',
} as const;
