import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type DraftContent, draftRequestSchema } from '../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { SUBMISSION_GRANT_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { answersTo } from '../../shared/procedures/asked.ts';
import { isKeepable } from '../../shared/procedures/keepable.ts';
import { isProcedureId, loadProcedure } from '../../shared/procedures/registry.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, NOT_FOUND, sendFailure, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Tokens } from '../identity/tokens.ts';
import { type DraftContext, type DraftOwner, eraseDraft, keepDraft, listDrafts, readDraft } from './draft-store.ts';

const IN_SESSIONS_ONLY = forbidden('Drafts are seen in their customer’s session');
const NOT_KEPT = unprocessable('not-keepable', 'There is no such procedure, or its answers are not kept');
const STRANGE_ANSWERS = unprocessable('strange-answers', 'The procedure asks no such questions');
const ONE = `${CENTRAL_PATHS.drafts}/:id`;

/** House API: what a customer has answered so far is kept for going on at any terminal. */
export function draftRoutes(app: FastifyInstance, context: DraftContext, tokens: Tokens): void {
  app.put(ONE, async (request, reply) => {
    const owner = await ownerOf(request, tokens);
    if (!owner.ok) return sendFailure(reply, owner.error);
    const id = z.uuidv7().safeParse(idOf(request));
    if (!id.success) return sendFailure(reply, NOT_FOUND);
    const asked = draftRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('content, keptAt and replaces are required'));
    const failure = await notKept(asked.data.content);
    if (failure !== null) return sendFailure(reply, failure);
    const kept = await keepDraft(context, callerOf(request), owner.value, id.data, asked.data);
    return kept.ok ? reply.send(kept.value) : sendFailure(reply, kept.error);
  });

  app.get(CENTRAL_PATHS.drafts, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer') return sendFailure(reply, IN_SESSIONS_ONLY);
    return reply.header('cache-control', 'no-store').send(await listDrafts(context, caller.customerNumber));
  });

  app.get(ONE, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer') return sendFailure(reply, IN_SESSIONS_ONLY);
    const draft = await readDraft(context, caller, idOf(request));
    if (!draft.ok) return sendFailure(reply, draft.error);
    return reply.header('cache-control', 'no-store').send(draft.value);
  });

  app.delete(ONE, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'customer') return sendFailure(reply, IN_SESSIONS_ONLY);
    const erased = await eraseDraft(context, caller, idOf(request));
    return erased.ok ? reply.code(204).send() : sendFailure(reply, erased.error);
  });
}

const idOf = (request: FastifyRequest): string => z.object({ id: z.string() }).parse(request.params).id;

/** The terminal's own, by the grant of the session in which it was kept. */
async function ownerOf(request: FastifyRequest, tokens: Tokens): Promise<Result<DraftOwner, TmfFailure>> {
  const caller = callerOf(request);
  if (caller.kind !== 'terminal') return err(forbidden('Terminals keep the drafts of their sessions'));
  const header = request.headers[SUBMISSION_GRANT_HEADER];
  const grant = typeof header === 'string' ? await tokens.readGrant(header) : null;
  if (grant?.terminal !== caller.terminal) return err(forbidden('A submission grant of this terminal is required'));
  const { customerNumber, sessionId, identityVersion: version } = grant;
  return ok({ customerNumber, identity: version === null ? null : { version, sessionId } });
}

/** Nothing is kept but answers to the procedure's own questions: none of them asks for a secret or a card. */
async function notKept({ procedureId, answers }: DraftContent): Promise<TmfFailure | null> {
  if (!isProcedureId(procedureId)) return NOT_KEPT;
  const procedure = await loadProcedure(procedureId);
  if (!isKeepable(procedure)) return NOT_KEPT;
  const own = answersTo(procedure.steps, answers);
  return Object.keys(answers).every((question) => Object.hasOwn(own, question)) ? null : STRANGE_ANSWERS;
}
