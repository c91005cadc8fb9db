import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { staffSlipSchema } from '../../shared/central-api/reprint.ts';
import { answerCallResponseSchema } from '../../shared/central-api/staff-calls.ts';
import {
  CUSTOMER_SEARCH_FIELDS,
  customerSearchResponseSchema,
  staffCustomerSessionRequestSchema,
  staffRejectRequestSchema,
  staffSignInRequestSchema,
  staffSignInResponseSchema,
  staffWithdrawalRequestSchema,
  staffWithdrawRequestSchema,
} from '../../shared/central-api/staff.ts';
import { signInResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import type { Operation } from './operation.ts';
import { MEMBER, SESSION, order } from './house-examples.ts';

export const STAFF_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
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
