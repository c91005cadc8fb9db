import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type Language, languageSchema } from '../../shared/domain/language.ts';
import { sendHtml } from '../http/html.ts';
import type { Codes, LinkedCode } from './codes.ts';
import { confirmationPage } from './confirmation-page.ts';

type WhenProved = Parameters<Codes['proveByLink']>[1];
const querySchema = z.object({ lang: languageSchema.optional().catch(undefined) });
type Asked = FastifyRequest<{ Params: { token: string } }>;

/**
 * Where the link of a mail leads, on the customer's own phone. Opening it proves nothing yet: mail programs open links by
 * themselves. Nobody signs in here, and the token in the address is all that it knows.
 */
export function confirmationPages(
  app: FastifyInstance,
  { codes, whenProved, onMail }: { codes: Codes; whenProved: WhenProved; onMail: () => void },
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, _body, done) => {
    done(null, null);
  });
  const url = `${CENTRAL_PATHS.confirmationPage}/:token`;

  app.get(url, async (request: Asked, reply) => show(request, reply, await codes.readLink(request.params.token)));

  app.post(url, async (request: Asked, reply) => {
    await codes.proveByLink(request.params.token, whenProved);
    onMail();
    return show(request, reply, await codes.readLink(request.params.token));
  });
}

/** Once proved it says so for as long as the link lasts, however often it is opened: nothing happens twice. */
function show(request: Asked, reply: FastifyReply, linked: LinkedCode | null): FastifyReply {
  const language: Language = querySchema.parse(request.query).lang ?? linked?.language ?? 'ja';
  const state = linked?.state ?? 'over';
  const answer = { language, state, purpose: linked?.purpose ?? null };
  return sendHtml(reply.code(state === 'over' ? 410 : 200), confirmationPage(answer));
}
