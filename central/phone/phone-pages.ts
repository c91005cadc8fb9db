import { randomBytes } from 'node:crypto';
import formBody from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { PHONE_PICTURE_BYTES } from '../../shared/central-api/phone-hand-overs.ts';
import { oneTimeAsTyped } from '../../shared/domain/one-time-password.ts';
import { browserOf, cookieOf, languageOf, minutesOf, ofThisSite } from '../codes/phone-request.ts';
import { sendHtml } from '../http/html.ts';
import { inLanguage } from '../one-time/paths.ts';
import type { HandOvers } from './hand-overs.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { PHONE_PATHS } from './paths.ts';
import { type FormProblem, phoneEndPage, phoneFormPage, phonePicturesPage } from './phone-pictures-page.ts';
import type { SentPictures } from './sent-pictures.ts';

const COOKIE = 'madoguchi-photo';
const COOKIE_SECONDS = 60 * 60;
const OWN_SCRIPT = `script-src 'self'; connect-src 'self'; img-src blob:;`;
const tokenSchema = z.string().regex(/^[\w-]{43}$/);
const claimSchema = z.object({ visit: tokenSchema, password: z.string().max(100) });

/**
 * Where a customer's own phone takes the pictures of an identity check. Nobody signs in here: first the password of the QR
 * code, then a cookie, are all that it knows, and it shows nothing of the application.
 */
export function phonePages(
  app: FastifyInstance,
  context: { readonly handOvers: HandOvers; readonly sentPictures: SentPictures; readonly isSecure: boolean },
): void {
  const { handOvers, sentPictures, isSecure } = context;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, { ...formBody.parse(body.toString()) });
  });
  // Whatever it calls itself: what it is shows when it is taken apart.
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  app.addHook('preHandler', async (request, reply) => {
    if (!ofThisSite(request)) return sendHtml(reply.code(403), phoneEndPage(languageOf(request), 'over'));
  });

  app.get(PHONE_PATHS.script, (_request, reply) =>
    reply
      .type('text/javascript; charset=utf-8')
      .headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' })
      .send(PAGE_SCRIPT),
  );

  app.get(PHONE_PATHS.form, (request, reply) => showForm(request, reply, { typed: '', problem: null }));

  app.post(PHONE_PATHS.form, async (request, reply) => {
    const asked = claimSchema.safeParse(request.body);
    if (!asked.success) return showForm(request, reply.code(422), { typed: '', problem: 'broken' });
    const { visit, password: typed } = asked.data;
    if (oneTimeAsTyped(typed) === null) return showForm(request, reply.code(422), { typed, problem: 'broken', visit });
    const before = tokenOf(request);
    const claimed = await handOvers.claim(typed, before === null ? [visit] : [visit, before], browserOf(request));
    if (!claimed.ok) {
      const { error } = claimed;
      if (typeof error === 'string') return showForm(request, reply.code(422), { typed: '', problem: error });
      return showForm(request, reply.code(error.status), { typed: '', problem: { minutes: minutesOf(error) ?? 1 } });
    }
    const cookie = `${COOKIE}=${claimed.value}; Path=${PHONE_PATHS.form}; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`;
    return reply
      .header('set-cookie', `${cookie}${isSecure ? '; Secure' : ''}`)
      .header('cache-control', 'no-store')
      .redirect(inLanguage(PHONE_PATHS.pictures, languageOf(request)), 303);
  });

  app.get(PHONE_PATHS.pictures, async (request, reply) => {
    const language = languageOf(request);
    const token = tokenOf(request);
    const visit = token === null ? null : await sentPictures.visit(token);
    if (visit === null) return sendHtml(reply.code(410), phoneEndPage(language, 'over'));
    if (visit.isDone) return sendHtml(reply, phoneEndPage(language, 'done'));
    return sendHtml(reply, phonePicturesPage(language, visit), OWN_SCRIPT);
  });

  app.get(PHONE_PATHS.standing, async (request, reply) => {
    const token = tokenOf(request);
    const visit = token === null ? null : await sentPictures.visit(token);
    if (visit === null) return reply.code(410).send({});
    const { isDone, sides } = visit;
    return reply.header('cache-control', 'no-store').send({ isDone, sides });
  });

  app.put<{ Params: { side: string } }>(
    `${PHONE_PATHS.pictures}/:side`,
    {
      bodyLimit: PHONE_PICTURE_BYTES,
      // Before anything of it is read: whoever has no hand-over fills no memory.
      onRequest: async (request, reply) => {
        if (!ofThisSite(request)) return reply.code(403).send({});
        const token = tokenOf(request);
        if (token === null || (await sentPictures.visit(token)) === null) return reply.code(410).send({});
        return undefined;
      },
    },
    async (request, reply) => {
      const token = tokenOf(request);
      if (token === null || !Buffer.isBuffer(request.body)) return reply.code(410).send({});
      const taken = await sentPictures.take(token, request.params.side, request.body);
      if (taken.ok) return reply.send({});
      return taken.error === 'over' ? reply.code(410).send({}) : reply.code(422).send({ flaw: taken.error });
    },
  );

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { typed, problem, visit }: { typed: string; problem: FormProblem | null; visit?: string },
  ): FastifyReply {
    const token = visit ?? randomBytes(32).toString('base64url');
    return sendHtml(reply, phoneFormPage({ language: languageOf(request), visit: token, typed, problem }), OWN_SCRIPT);
  }
}

function tokenOf(request: FastifyRequest): string | null {
  const token = tokenSchema.safeParse(cookieOf(request, COOKIE));
  return token.success ? token.data : null;
}
