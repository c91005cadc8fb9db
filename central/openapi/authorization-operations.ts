import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  authorizationServerSchema,
  deviceAuthorizationSchema,
  registeredTerminalSchema,
  tokenResponseSchema,
} from '../../shared/central-api/terminal-v1.ts';
import type { Operation } from './operation.ts';

export const AUTHORIZATION_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
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
