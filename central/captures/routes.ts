import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { captureHashSchema, capturePartSchema, captureRequestSchema } from '../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { SUBMISSION_GRANT_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure, type TmfFailure } from '../http/tmf-failure.ts';
import type { Seal } from '../identity/seal.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';
import { addPart, type CaptureKey, declareCapture, findCapture, readCapture } from './capture-store.ts';

interface CaptureContext {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly tokens: Tokens;
  readonly seal: Seal;
}

const addressSchema = z.object({ id: z.uuidv7(), hash: captureHashSchema });
const ONE = '/:id/:hash';

/** House API: terminals bring the pictures of an application before the application; only operators see them. */
export function captureRoutes(app: FastifyInstance, { db, clocks, tokens, seal }: CaptureContext): void {
  app.put(`${CENTRAL_PATHS.captures}${ONE}`, async (request, reply) => {
    const key = await keyOf(request, tokens);
    if (!key.ok) return sendFailure(reply, key.error);
    const asked = captureRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('bytes and mediaType are required, within their limits'));
    const state = await declareCapture(db, key.value, asked.data, clocks.system());
    return state.ok ? reply.send(state.value) : sendFailure(reply, state.error);
  });

  app.get(`${CENTRAL_PATHS.captures}${ONE}`, async (request, reply) => {
    const key = await keyOf(request, tokens);
    if (!key.ok) return sendFailure(reply, key.error);
    const state = await findCapture(db, key.value);
    return state.ok ? reply.send(state.value) : sendFailure(reply, state.error);
  });

  app.post(`${CENTRAL_PATHS.captures}${ONE}/parts`, async (request, reply) => {
    const key = await keyOf(request, tokens);
    if (!key.ok) return sendFailure(reply, key.error);
    const part = capturePartSchema.safeParse(request.body);
    if (!part.success) return sendFailure(reply, badRequest('offset and base64 are required'));
    const state = await addPart({ db, seal }, key.value, part.data, clocks.system());
    return state.ok ? reply.send(state.value) : sendFailure(reply, state.error);
  });

  app.get(`${CENTRAL_PATHS.operatorCapture}${ONE}`, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'operator' || !caller.operates) {
      return sendFailure(reply, forbidden('Operators look at pictures of identity checks'));
    }
    const address = addressSchema.safeParse(request.params);
    const capture = address.success ? await readCapture({ db, seal }, address.data.id, address.data.hash) : null;
    if (!address.success || capture === null) return sendFailure(reply, NOT_FOUND);
    await writeAudit(db, caller, clocks.system(), {
      ...{ action: 'read', resource: 'capture', resourceId: address.data.id, customerNumber: null },
    });
    return reply
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .type(capture.mediaType)
      .send(capture.content);
  });
}

/**
 * The terminal's own, and only with what authorises one of its applications: a token alone fills no database. Operators
 * bring what they rescued from it.
 */
async function keyOf(request: FastifyRequest, tokens: Tokens): Promise<Result<CaptureKey, TmfFailure>> {
  const caller = callerOf(request);
  const isOperator = caller.kind === 'operator' && caller.operates;
  if (caller.kind !== 'terminal' && !isOperator) {
    return err(forbidden('Terminals bring the pictures of their applications'));
  }
  const address = addressSchema.safeParse(request.params);
  if (!address.success) return err(NOT_FOUND);
  const header = request.headers[SUBMISSION_GRANT_HEADER];
  const given = typeof header === 'string' ? header : '';
  const authority = (await tokens.readGrant(given)) ?? (await tokens.readAttestation(given));
  if (authority === null || (caller.kind === 'terminal' && authority.terminal !== caller.terminal)) {
    return err(forbidden('A submission grant of this terminal is required'));
  }
  const { id: applicationId, hash } = address.data;
  return ok({ applicationId, hash, terminal: authority.terminal });
}
