import { z } from 'zod';
import { languageSchema } from '../domain/language.ts';
import { SECRET_ANSWER_TYPED_MOST, secretQuestionSchema } from '../domain/secret-question.ts';
import { portalIdSchema } from './common.ts';

/** How a forgotten password is replaced (p.18): central decides by the customer's record. */
export const RESET_WAYS = ['code', 'secret-question'] as const;
export const resetWaySchema = z.enum(RESET_WAYS);
export type ResetWay = z.infer<typeof resetWaySchema>;

/**
 * Another password of an iTSCOM ID for who no longer knows it (account.reset-password): POST with the terminal's own token,
 * or with that of a session that staff opened. `id` is the terminal's name for it, and of the code that is mailed to the
 * contact address; `sessionId` its name for the visit. What is answered tells nothing of whether anybody has the ID: one
 * that nobody has goes one of the ways, always the same one.
 */
export const passwordResetRequestSchema = z.strictObject({
  id: z.uuid(),
  sessionId: z.uuid(),
  /** null: that of the customer whose session staff opened. */
  loginId: portalIdSchema.nullable(),
  language: languageSchema,
});
export const passwordResetSchema = z.strictObject({
  id: z.uuid(),
  /** `code`: it is mailed already. */
  way: resetWaySchema,
  expiresInSeconds: z.int().min(0),
});

/** POST `<passwordResets>/<id>/completion` with the terminal's own token, when the code is proved. A repeat is harmless. */
export const passwordResetCompletionRequestSchema = z.strictObject({
  sessionId: z.uuid(),
  password: z.string().min(1).max(100),
});
export const passwordResetCompletionSchema = z.strictObject({
  id: z.uuid(),
  loginId: z.string(),
  changedAt: z.iso.datetime(),
});

const answeredSchema = z.strictObject({
  sessionId: z.uuid(),
  question: secretQuestionSchema,
  answer: z.string().min(1).max(SECRET_ANSWER_TYPED_MOST),
});

/**
 * POST `<passwordResets>/<id>/question` with the terminal's own token: question and answer are remembered for half an
 * hour, and a code is mailed. A repeat replaces them and mails anew.
 */
export const passwordResetQuestionRequestSchema = answeredSchema.extend({ language: languageSchema });
export const passwordResetQuestionSchema = z.strictObject({ id: z.uuid(), expiresInSeconds: z.int().min(0) });

/**
 * POST `<passwordResets>/<id>/issue` with the terminal's own token, when the code is proved: central makes a password
 * and answers with it once. `issueId` and `attempt` as with other passwords that are issued, and taken back the same way
 * (`<passwordIssues>/<issueId>/revocation`); another issue of the same reset is possible afterwards.
 */
export const passwordResetIssueRequestSchema = answeredSchema.extend({
  issueId: z.uuid(),
  attempt: z.int().min(1).max(1_000_000),
});
export const passwordResetIssueSchema = z.strictObject({
  id: z.uuid(),
  loginId: z.string(),
  password: z.string().min(6).max(32),
  issuedAt: z.iso.datetime(),
});

export const PASSWORD_RESET_ERRORS = {
  /** 409: half an hour is over, there were too many wrong answers, or the customer has another ID since. */
  over: 'password-reset-over',
  /** 409, to staff only: the customer has no iTSCOM ID, or no contact address. */
  noContact: 'password-reset-no-contact',
  /** 422: the new password, or the answer, breaks the rules. */
  rule: 'password-reset-rule',
  /** 422: it is another question, or another answer. */
  answerWrong: 'password-reset-answer-wrong',
} as const;

/** PUT `<operatorCustomer>/<number>/password-reset` by operators. */
export const resetWayRecordSchema = z.strictObject({ way: resetWaySchema });
