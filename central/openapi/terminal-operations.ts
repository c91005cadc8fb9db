import { capturePartSchema, captureRequestSchema, captureStateSchema } from '../../shared/central-api/captures.ts';
import { heartbeatSchema } from '../../shared/central-api/heartbeat.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { reprintSchema } from '../../shared/central-api/reprint.ts';
import {
  ownCallAnswerSchema,
  raiseCallRequestSchema,
  shopCallsAnswerSchema,
} from '../../shared/central-api/staff-calls.ts';
import {
  configurationSchema,
  signInRequestSchema,
  signInResponseSchema,
} from '../../shared/central-api/terminal-v1.ts';
import type { Operation } from './operation.ts';
import { SESSION } from './house-examples.ts';

const HASH = 'c'.repeat(64);
const OWN_CALL = { version: '1', state: 'calling', staffName: null, isHeard: true };
const ownCall = { status: 200, schema: ownCallAnswerSchema, example: OWN_CALL } as const;
const captureState = {
  status: 200,
  schema: captureStateSchema,
  example: { hash: HASH, bytes: 204_800, received: 65_536, complete: false },
} as const;
const CAPTURE = `${CENTRAL_PATHS.captures}/:id/:hash`;

export const TERMINAL_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
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
