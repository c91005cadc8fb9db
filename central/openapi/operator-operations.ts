import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { resetWayRecordSchema } from '../../shared/central-api/password-resets.ts';
import { rescuedAnswerSchema, rescuedApplicationSchema } from '../../shared/central-api/rescue.ts';
import { staffRecordSchema } from '../../shared/central-api/staff.ts';
import { FLEET_PATH } from '../fleet/fleet-page.ts';
import { shopRecordSchema } from '../terminals/shop-administration.ts';
import { LIST_QUERY, type Operation } from './operation.ts';
import { ID, MEMBER, TIME } from './house-examples.ts';

const TERMINAL = {
  ...{ id: 'T01', href: `https://bss.example${CENTRAL_PATHS.operatorTerminal}/T01`, shop: 'S01', approvedBy: '9001' },
  ...{ enrolledAt: TIME, sharedKeySeenAt: null, revokedAt: null, revokedBy: null },
};
const terminalSchema = z.looseObject({ id: z.string(), href: z.string(), shop: z.string() });

export const OPERATOR_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
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
    ...{ method: 'PUT', url: `${CENTRAL_PATHS.operatorCustomer}/:number/password-reset`, who: ['operator'] },
    ...{ summary: 'Says how a customer replaces a forgotten password', request: resetWayRecordSchema },
    response: { status: 200, schema: resetWayRecordSchema, example: { way: 'secret-question' } },
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
