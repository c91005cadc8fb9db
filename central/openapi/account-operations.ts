import {
  cableIdAddedSchema,
  cableIdRequestSchema,
  passwordChangeRequestSchema,
  passwordChangeSchema,
  passwordIssueRequestSchema,
  passwordIssueSchema,
  passwordRevocationSchema,
  passwordRevokedSchema,
} from '../../shared/central-api/accounts.ts';
import { codeProofRequestSchema, codeStateSchema } from '../../shared/central-api/codes.ts';
import {
  oneTimePasswordRequestSchema,
  oneTimePasswordSchema,
  redemptionRequestSchema,
  redemptionSchema,
} from '../../shared/central-api/one-time-passwords.ts';
import {
  passwordResetCompletionRequestSchema,
  passwordResetCompletionSchema,
  passwordResetIssueRequestSchema,
  passwordResetIssueSchema,
  passwordResetQuestionRequestSchema,
  passwordResetQuestionSchema,
  passwordResetRequestSchema,
  passwordResetSchema,
} from '../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  recordChangeRequestSchema,
  recordChangeSchema,
  recordCompletionSchema,
} from '../../shared/central-api/record-changes.ts';
import {
  registrationCompletionRequestSchema,
  registrationCompletionSchema,
  registrationMailRequestSchema,
  registrationMailSchema,
  registrationRequestSchema,
  registrationSchema,
} from '../../shared/central-api/registration.ts';
import type { Operation } from './operation.ts';
import { TIME } from './house-examples.ts';

const CODE_STATE = {
  id: '3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d13',
  state: 'waiting',
  triesLeft: 5,
  expiresInSeconds: 1800,
};

export const ACCOUNT_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.passwordIssues, who: ['customer'], request: passwordIssueRequestSchema },
    summary: 'Makes a password of a service, told once',
    response: {
      ...{ status: 201, schema: passwordIssueSchema },
      example: { id: '3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d11', password: 'example', issuedAt: TIME },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.passwordIssues}/:id/revocation`, who: ['terminal'] },
    ...{ summary: 'Takes back what was issued', request: passwordRevocationSchema },
    response: {
      ...{ status: 200, schema: passwordRevokedSchema },
      example: { id: '3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d11' },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.passwordChanges, who: ['customer'], request: passwordChangeRequestSchema },
    summary: 'Changes a password to the one that the customer chose',
    response: {
      ...{ status: 200, schema: passwordChangeSchema },
      example: { id: '3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d12', login: 'taro@example.jp', changedAt: TIME },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.passwordResets, who: ['terminal', 'customer'] },
    ...{
      summary: 'Says how a forgotten password is replaced, and by the code mails it, if anybody has that ID',
      request: passwordResetRequestSchema,
    },
    response: {
      ...{ status: 200, schema: passwordResetSchema },
      example: { id: CODE_STATE.id, way: 'code', expiresInSeconds: 1800 },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.passwordResets}/:id/question`, who: ['terminal'] },
    ...{
      summary: 'Remembers a secret question with its answer, and mails a code, if anybody has that ID',
      request: passwordResetQuestionRequestSchema,
    },
    response: {
      ...{ status: 200, schema: passwordResetQuestionSchema },
      example: { id: CODE_STATE.id, expiresInSeconds: 1800 },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.passwordResets}/:id/issue`, who: ['terminal'] },
    ...{ summary: 'Makes a password of who answers the same again', request: passwordResetIssueRequestSchema },
    response: {
      ...{ status: 201, schema: passwordResetIssueSchema },
      example: { id: CODE_STATE.id, loginId: 'taro@example.jp', password: 'example', issuedAt: TIME },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.passwordResets}/:id/completion`, who: ['terminal'] },
    ...{ summary: 'Sets the password that was chosen', request: passwordResetCompletionRequestSchema },
    response: {
      ...{ status: 200, schema: passwordResetCompletionSchema },
      example: { id: CODE_STATE.id, loginId: 'taro@example.jp', changedAt: TIME },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.registrations, who: ['terminal'], request: registrationRequestSchema },
    summary: 'Verifies a contractor who registers an iTSCOM ID',
    response: {
      ...{ status: 200, schema: registrationSchema },
      example: { id: CODE_STATE.id, state: 'verified', replaces: false },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.registrations}/:id/mail`, who: ['terminal'] },
    ...{ summary: 'Mails link and code to the ID that was chosen', request: registrationMailRequestSchema },
    response: {
      ...{ status: 200, schema: registrationMailSchema },
      example: { id: CODE_STATE.id, expiresInSeconds: 1800, presentContact: null, mailAddresses: [] },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.registrations}/:id/completion`, who: ['terminal'] },
    ...{ summary: 'Registers the ID whose address was proved', request: registrationCompletionRequestSchema },
    response: {
      ...{ status: 200, schema: registrationCompletionSchema },
      example: { id: CODE_STATE.id, loginId: 'yamada@example.jp', registeredAt: TIME },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.oneTimePasswords, who: ['terminal', 'customer'] },
    ...{ summary: 'Lets a registration go on elsewhere', request: oneTimePasswordRequestSchema },
    response: {
      ...{ status: 201, schema: oneTimePasswordSchema },
      example: {
        ...{ id: CODE_STATE.id, password: '123456789012', expiresInSeconds: 1800 },
        page: 'https://bss.example/one-time',
      },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.oneTimePasswords}/redemption`, who: ['terminal'] },
    ...{ summary: 'Goes on with such a registration', request: redemptionRequestSchema },
    response: {
      ...{ status: 200, schema: redemptionSchema },
      example: {
        ...{ id: CODE_STATE.id, loginId: null, replaces: false },
        terms: [{ id: 'my-page', version: '2026-11-01' }],
      },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.recordChanges, who: ['customer'], request: recordChangeRequestSchema },
    summary: 'Wishes another iTSCOM ID, or another way to be reached, and mails the code that it takes',
    response: {
      ...{ status: 200, schema: recordChangeSchema },
      example: { id: CODE_STATE.id, mailedTo: 'taro@example.jp' },
    },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.recordChanges}/:id/completion`, who: ['customer'] },
    summary: 'Changes what was wished, once the code is proved',
    response: {
      ...{ status: 200, schema: recordCompletionSchema },
      example: { id: CODE_STATE.id, changedAt: TIME, contactEmail: 'taro@example.jp' },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.cableIds, who: ['customer'], request: cableIdRequestSchema },
    summary: 'Adds a Cable ID, still without a password',
    response: {
      ...{ status: 201, schema: cableIdAddedSchema },
      example: { id: 'cable-3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d12', login: 'c100000000101' },
    },
  },
  {
    ...{ method: 'GET', url: `${CENTRAL_PATHS.codes}/:id`, who: ['terminal', 'customer'], query: ['sessionId'] },
    summary: 'How a code that was mailed stands',
    response: { status: 200, schema: codeStateSchema, example: CODE_STATE },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.codes}/:id/proof`, who: ['terminal', 'customer'] },
    ...{ summary: 'Proves a mail address by the code that it got', request: codeProofRequestSchema },
    response: { status: 200, schema: codeStateSchema, example: { ...CODE_STATE, state: 'proved' } },
  },
];
