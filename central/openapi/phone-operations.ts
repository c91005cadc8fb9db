import {
  handOverRequestSchema,
  handOverRevocationSchema,
  handOverSchema,
  handOverStateSchema,
  phonePictureSchema,
  phoneVerdictSchema,
} from '../../shared/central-api/phone-hand-overs.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { Operation } from './operation.ts';

const ONE = `${CENTRAL_PATHS.phoneHandOvers}/:id`;
const ID = '5f0c6a52-6f0c-4a44-9d54-0d4f5e6a7b80';
const HASH = 'ab'.repeat(32);
const STATE = { id: ID, state: 'opened', expiresInSeconds: 900, heard: 4, waiting: [{ side: 'front', hash: HASH }] };

export const PHONE_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'POST', url: CENTRAL_PATHS.phoneHandOvers, who: ['terminal'], request: handOverRequestSchema },
    summary: "Has a document photographed by the customer's own phone, for twenty minutes",
    response: {
      ...{ status: 201, schema: handOverSchema },
      example: {
        ...{ id: ID, password: '123456789012', page: 'https://central.example.jp/photo' },
        ...{ sides: ['front', 'back'], expiresInSeconds: 1200 },
      },
    },
  },
  {
    ...{ method: 'GET', url: ONE, who: ['terminal'], query: ['sessionId'] },
    summary: 'How it stands, and which pictures the terminal is to judge',
    response: { status: 200, schema: handOverStateSchema, example: STATE },
  },
  {
    ...{ method: 'GET', url: `${ONE}/pictures/:side`, who: ['terminal'], query: ['sessionId'] },
    summary: 'A picture that came, without its metadata',
    response: {
      ...{ status: 200, schema: phonePictureSchema },
      example: { side: 'front', hash: HASH, mediaType: 'image/jpeg', base64: '/9j/2Q==' },
    },
  },
  {
    ...{ method: 'POST', url: `${ONE}/pictures/:side/verdict`, who: ['terminal'], request: phoneVerdictSchema },
    summary: 'The terminal keeps it, or says what it lacks; central has it no more',
    response: { status: 200, schema: handOverStateSchema, example: { ...STATE, state: 'done', waiting: [] } },
  },
  {
    ...{ method: 'POST', url: `${ONE}/revocation`, who: ['terminal'], request: handOverRevocationSchema },
    summary: 'The phone is not to send anything any more; what it sent is gone',
    response: {
      status: 200,
      schema: handOverStateSchema,
      example: { ...STATE, state: 'over', expiresInSeconds: 0, waiting: [] },
    },
  },
];
