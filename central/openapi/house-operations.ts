import { z } from 'zod';
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
import { capturePartSchema, captureRequestSchema, captureStateSchema } from '../../shared/central-api/captures.ts';
import { heartbeatSchema } from '../../shared/central-api/heartbeat.ts';
import {
  oneTimePasswordRequestSchema,
  oneTimePasswordSchema,
  redemptionRequestSchema,
  redemptionSchema,
} from '../../shared/central-api/one-time-passwords.ts';
import {
  passwordResetCompletionRequestSchema,
  passwordResetCompletionSchema,
  passwordResetRequestSchema,
  passwordResetSchema,
} from '../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
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
import { reprintSchema, staffSlipSchema } from '../../shared/central-api/reprint.ts';
import { rescuedAnswerSchema, rescuedApplicationSchema } from '../../shared/central-api/rescue.ts';
import {
  answerCallResponseSchema,
  ownCallAnswerSchema,
  raiseCallRequestSchema,
  shopCallsAnswerSchema,
} from '../../shared/central-api/staff-calls.ts';
import {
  CUSTOMER_SEARCH_FIELDS,
  customerSearchResponseSchema,
  staffCustomerSessionRequestSchema,
  staffRecordSchema,
  staffRejectRequestSchema,
  staffSignInRequestSchema,
  staffSignInResponseSchema,
  staffWithdrawalRequestSchema,
  staffWithdrawRequestSchema,
} from '../../shared/central-api/staff.ts';
import {
  authorizationServerSchema,
  configurationSchema,
  deviceAuthorizationSchema,
  registeredTerminalSchema,
  signInRequestSchema,
  signInResponseSchema,
  tokenResponseSchema,
} from '../../shared/central-api/terminal-v1.ts';
import { FLEET_PATH } from '../fleet/fleet-page.ts';
import { shopRecordSchema } from '../terminals/shop-administration.ts';
import { DRAFT_OPERATIONS } from './draft-operations.ts';
import { LIST_QUERY, type Operation } from './operation.ts';

const ID = '01990000-0000-7000-8000-000000000001';
const CODE_STATE = {
  id: '3f0a8a56-8d0e-4a2b-9c58-0a6a3c6e9d13',
  state: 'waiting',
  triesLeft: 5,
  expiresInSeconds: 1800,
};
const HASH = 'c'.repeat(64);
const TIME = '2026-11-18T03:00:00.000Z';
const MEMBER = { number: '1001', name: 'Mado Hanako', role: 'staff', shop: 'S01' } as const;
const SESSION = {
  ...{ accessToken: 'eyJ…', expiresInSeconds: 1800 },
  ...{ submissionGrant: 'eyJ…', customerNumber: '1000000001' },
};
const OWN_CALL = { version: '1', state: 'calling', staffName: null, isHeard: true };
const ORDER = {
  ...{ id: ID, href: `https://bss.example${CENTRAL_PATHS.productOrder}/${ID}`, state: 'acknowledged' },
  productOrderItem: [{ id: '1', action: 'add' }],
};
const TERMINAL = {
  ...{ id: 'T01', href: `https://bss.example${CENTRAL_PATHS.operatorTerminal}/T01`, shop: 'S01', approvedBy: '9001' },
  ...{ enrolledAt: TIME, sharedKeySeenAt: null, revokedAt: null, revokedBy: null },
};
const terminalSchema = z.looseObject({ id: z.string(), href: z.string(), shop: z.string() });
const order = { status: 200, schema: productOrderSchema, example: ORDER } as const;
const ownCall = { status: 200, schema: ownCallAnswerSchema, example: OWN_CALL } as const;

const captureState = {
  status: 200,
  schema: captureStateSchema,
  example: { hash: HASH, bytes: 204_800, received: 65_536, complete: false },
} as const;
const CAPTURE = `${CENTRAL_PATHS.captures}/:id/:hash`;

const terminal: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.signIn, who: ['terminal'], request: signInRequestSchema },
    summary: 'A customer signs in at a terminal',
    response: { status: 200, schema: signInResponseSchema, example: SESSION },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.configuration, who: ['terminal'] },
    summary: "The terminal's shop and the operator's rescue key",
    response: {
      status: 200,
      schema: configurationSchema,
      example: {
        ...{ terminalCode: 'T01', shopName: 'Mihon', shopPhone: '0312345678', demo: false },
        rescueKey: { id: 'k1', publicKeyPem: '-----BEGIN PUBLIC KEY-----\n…' },
      },
    },
  },
  {
    ...{ method: 'PUT', url: CAPTURE, who: ['terminal'], request: captureRequestSchema },
    ...{ summary: "Tells of a picture of an application's identity check", headers: ['submission-grant'] },
    response: captureState,
  },
  {
    ...{ method: 'GET', url: CAPTURE, who: ['terminal'], headers: ['submission-grant'] },
    ...{ summary: 'How much of it is here', response: captureState },
  },
  {
    ...{ method: 'POST', url: `${CAPTURE}/parts`, who: ['terminal'], request: capturePartSchema },
    ...{ summary: 'Goes on with it', headers: ['submission-grant'], response: captureState },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.heartbeat, who: ['terminal'], request: heartbeatSchema },
    ...{ summary: 'How a terminal is', response: { status: 200 } },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.reprints, who: ['terminal'], request: reprintSchema },
    ...{ summary: 'Tells of a slip that was printed again', response: { status: 201 } },
  },
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
      summary: 'Mails a code to who forgot a password, if anybody has that ID',
      request: passwordResetRequestSchema,
    },
    response: {
      ...{ status: 200, schema: passwordResetSchema },
      example: { id: CODE_STATE.id, expiresInSeconds: 1800 },
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
      example: { id: CODE_STATE.id, expiresInSeconds: 1800, presentContact: null },
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
  {
    ...{ method: 'PUT', url: `${CENTRAL_PATHS.calls}/:id`, who: ['terminal'], request: raiseCallRequestSchema },
    ...{ summary: 'Calls staff', response: ownCall },
  },
  {
    ...{ method: 'GET', url: `${CENTRAL_PATHS.calls}/:id`, who: ['terminal'], query: ['known'] },
    ...{ summary: 'How its own call stands; waits for news', response: ownCall },
  },
  {
    ...{ method: 'DELETE', url: `${CENTRAL_PATHS.calls}/:id`, who: ['terminal'] },
    ...{ summary: 'Withdraws its call', response: ownCall },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.calls, who: ['terminal'], query: ['known'] },
    summary: 'Who waits for staff in the shop; waits for news',
    response: { status: 200, schema: shopCallsAnswerSchema, example: { version: '1', calls: [] } },
  },
];

const staff: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.staffSignIn, who: ['terminal'], request: staffSignInRequestSchema },
    summary: 'Staff sign in at a terminal of their shop',
    response: {
      status: 200,
      schema: staffSignInResponseSchema,
      example: { accessToken: 'eyJ…', expiresInSeconds: 28_800, staff: MEMBER, attestation: 'eyJ…' },
    },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.staffCustomers, who: ['staff'], query: CUSTOMER_SEARCH_FIELDS },
    summary: 'Finds customers by exactly one of these',
    response: { status: 200, schema: customerSearchResponseSchema, example: { customers: [], hasMore: false } },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.staffCustomerSessions, who: ['staff'] },
    ...{ summary: "Opens a customer's session", request: staffCustomerSessionRequestSchema },
    response: { status: 200, schema: signInResponseSchema, example: SESSION },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.staffOrders}/:id/release`, who: ['staff'] },
    ...{ summary: 'A manager lets a held application go on', response: order },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.staffOrders}/:id/reject`, who: ['staff'] },
    ...{ summary: 'A manager rejects a held application', request: staffRejectRequestSchema, response: order },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.staffOrders}/:id/withdraw`, who: ['staff'] },
    ...{ summary: 'Withdraws a held application', request: staffWithdrawRequestSchema, response: order },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.staffWithdrawals, who: ['staff'] },
    ...{ summary: 'Withdraws what never came', request: staffWithdrawalRequestSchema, response: order },
  },
  {
    ...{ method: 'GET', url: `${CENTRAL_PATHS.staffOrders}/:id/slip`, who: ['staff'] },
    summary: "What an application's slip is made of",
    response: { status: 200, schema: staffSlipSchema },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.staffCalls}/:id/answer`, who: ['staff'] },
    summary: 'Answers a call',
    response: {
      status: 200,
      schema: answerCallResponseSchema,
      example: { terminal: 'T01', answeredBy: { number: MEMBER.number, name: MEMBER.name } },
    },
  },
];

const operator: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'PUT', url: `${CENTRAL_PATHS.operatorShop}/:id`, who: ['operator'], request: shopRecordSchema },
    summary: 'Makes or changes a shop',
    response: {
      status: 200,
      schema: shopRecordSchema.extend({ id: z.string() }),
      example: { id: 'S01', name: 'Mihon', phone: '0312345678' },
    },
  },
  {
    ...{ method: 'PUT', url: `${CENTRAL_PATHS.operatorStaff}/:number`, who: ['operator'], request: staffRecordSchema },
    summary: 'Makes or changes a member of staff',
    response: {
      status: 200,
      schema: staffRecordSchema.omit({ pin: true }).extend({ number: z.string() }),
      example: { ...MEMBER, active: true },
    },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.operatorTerminal, who: ['operator'], query: LIST_QUERY },
    ...{ summary: 'Lists terminals', response: { status: 200, schema: z.array(terminalSchema), example: [TERMINAL] } },
  },
  {
    ...{ method: 'GET', url: `${CENTRAL_PATHS.operatorTerminal}/:id`, who: ['operator'], query: ['fields'] },
    ...{ summary: 'Reads one terminal', response: { status: 200, schema: terminalSchema, example: TERMINAL } },
  },
  {
    ...{ method: 'POST', url: `${CENTRAL_PATHS.operatorTerminal}/:code/revocation`, who: ['operator'] },
    summary: 'Takes a terminal out of service',
    response: { status: 200, schema: terminalSchema, example: TERMINAL },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.operatorRescue, who: ['operator'], request: rescuedApplicationSchema },
    summary: 'Brings in an application that was rescued from a terminal',
    response: { status: 201, schema: rescuedAnswerSchema, example: { orderId: ID, known: false } },
  },
  {
    ...{ method: 'GET', url: `${CENTRAL_PATHS.operatorCapture}/:id/:hash`, who: ['operator'] },
    ...{ summary: 'A picture of an identity check, as long as its order is open', response: { status: 200 } },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.auditVerification, who: ['operator'] },
    summary: 'Whether the audit log is as it was written',
    response: {
      status: 200,
      schema: z.looseObject({ status: z.enum(['ok', 'broken']), entries: z.int() }),
      example: { status: 'ok', entries: 12, hash: '0'.repeat(64) },
    },
  },
  {
    ...{ method: 'GET', url: FLEET_PATH, who: ['operator'], query: ['page', 'trouble'] },
    summary: 'How the terminals are, those in trouble first',
    response: {
      status: 200,
      schema: z.array(z.looseObject({ terminal: z.string(), shop: z.string(), troubles: z.array(z.string()) })),
      example: [{ terminal: 'T01', shop: 'Mihon', troubles: ['silent'], heardAt: null }],
    },
  },
];

const authorization: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.authorizationServer, who: ['none'] },
    summary: 'RFC 8414 metadata',
    response: { status: 200, schema: authorizationServerSchema, example: { issuer: 'https://bss.example' } },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.jwks, who: ['none'] },
    summary: 'Keys of the authorization server',
    response: {
      ...{ status: 200, schema: z.looseObject({ keys: z.array(z.looseObject({ kty: z.string() })) }) },
      example: { keys: [{ kty: 'EC' }] },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.token, who: ['none'] },
    summary: 'RFC 6749: client credentials by private_key_jwt, or the device grant',
    response: {
      ...{ status: 200, schema: tokenResponseSchema },
      example: { access_token: 'eyJ…', token_type: 'Bearer', expires_in: 300 },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.deviceAuthorization, who: ['none'] },
    summary: 'RFC 8628: a code for enrolling a terminal',
    response: {
      status: 200,
      schema: deviceAuthorizationSchema,
      example: {
        ...{ device_code: '…', user_code: 'BCDF-GHJK', expires_in: 600, interval: 5 },
        verification_uri: `https://bss.example${CENTRAL_PATHS.enrolmentPage}`,
      },
    },
  },
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.registration, who: ['none'] },
    summary: "RFC 7591: registers an approved terminal's key",
    response: {
      ...{ status: 201, schema: registeredTerminalSchema },
      example: { client_id: '…', terminal_code: 'T01' },
    },
  },
];

const tagged = (tag: string, operations: readonly Omit<Operation, 'tag'>[]): Operation[] =>
  operations.map((operation) => ({ ...operation, tag }));

export const HOUSE_OPERATIONS: readonly Operation[] = [
  ...tagged('/terminal/v1', [...terminal, ...DRAFT_OPERATIONS]),
  ...tagged('/terminal/v1/staff', staff),
  ...tagged('/operator', operator),
  ...tagged('/oauth', authorization),
];
