import { randomBytes } from 'node:crypto';
import formBody from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { CODE_DIGITS } from '../../shared/central-api/codes.ts';
import { contactChoiceSchema } from '../../shared/central-api/registration.ts';
import { oneTimeAsTyped } from '../../shared/domain/one-time-password.ts';
import { brokenRules } from '../../shared/domain/password-rule.ts';
import { brokenIdRules } from '../../shared/domain/portal-id.ts';
import { type AcceptedTerms, acceptedTermsSchema } from '../../shared/domain/terms.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { CodePlace, Codes } from '../codes/codes.ts';
import { browserOf, cookieOf, languageOf, minutesOf, ofThisSite } from '../codes/phone-request.ts';
import { type Html, inlineScript, sendHtml } from '../http/html.ts';
import type { Caller } from '../identity/caller.ts';
import type { Clocks } from '../ports.ts';
import { contactsBeside } from '../registration/contact-choices.ts';
import type { Registrations } from '../registration/registrations.ts';
import { type CustomerRow, customerRowSchema } from '../store/customers.ts';
import type { Database } from '../store/schema.ts';
import { findTerminal } from '../terminals/terminal-store.ts';
import {
  type AccountProblem,
  accountPage,
  confirmPage,
  endPage,
  FRAGMENT_SCRIPT,
  mailPage,
  oneTimeFormPage,
} from './one-time-page.ts';
import { type OneTimePasswords, visitOfPage } from './one-time-passwords.ts';
import { inLanguage, ONE_TIME_PATHS } from './paths.ts';

const COOKIE = 'madoguchi-one-time';
const COOKIE_SECONDS = 60 * 60;
const tokenSchema = z.string().regex(/^[\w-]{43}$/);
const redeemSchema = z.object({ visit: tokenSchema, password: z.string().max(100) });
const accountSchema = z.object({
  loginId: z.string().max(200).trim(),
  next: z.string().max(200),
  again: z.string().max(200),
});
const codeSchema = z.object({ code: z.string().max(100) });
const completionSchema = z.object({ contact: contactChoiceSchema });

type Terminal = Extract<Caller, { kind: 'terminal' }>;

/** A registration as it goes on in a browser. */
interface Visited {
  readonly id: string;
  readonly sessionId: string;
  /** Where its one-time password was issued. */
  readonly terminal: Terminal;
  readonly customerNumber: string;
  readonly loginId: string | null;
  readonly terms: readonly AcceptedTerms[];
  readonly isDone: boolean;
  /** ID and password were chosen, and the mail is on its way. */
  readonly isChosen: boolean;
}

/**
 * Where a customer goes on with a registration on their own phone. Nobody signs in here: first the one-time password
 * from the slip, then a cookie, are all that it knows. No password and no code is ever in an address.
 */
export function oneTimePages(
  app: FastifyInstance,
  context: {
    readonly db: Database;
    readonly clocks: Clocks;
    readonly codes: Codes;
    readonly registrations: Registrations;
    readonly oneTimePasswords: OneTimePasswords;
    readonly isSecure: boolean;
    readonly onMail: () => void;
  },
): void {
  const { db, clocks, codes, registrations, oneTimePasswords, isSecure, onMail } = context;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, { ...formBody.parse(body.toString()) });
  });
  app.addHook('preHandler', async (request, reply) => {
    if (!ofThisSite(request)) return sendHtml(reply.code(403), over(request));
  });

  app.get(ONE_TIME_PATHS.form, (request, reply) => showForm(request, reply, { typed: '', problem: null }));

  app.post(ONE_TIME_PATHS.form, async (request, reply) => {
    const asked = redeemSchema.safeParse(request.body);
    if (!asked.success) return showForm(request, reply.code(422), { typed: '', problem: 'broken' });
    const { visit: token, password: typed } = asked.data;
    if (oneTimeAsTyped(typed) === null) return showForm(request, reply.code(422), { typed, problem: 'broken', token });
    const redeemed = await oneTimePasswords.redeem({ kind: 'page', token, browser: browserOf(request) }, typed);
    if (!redeemed.ok) {
      const minutes = minutesOf(redeemed.error);
      const problem = minutes === null ? 'refused' : { minutes };
      return showForm(request, reply.code(redeemed.error.status), { typed: '', problem });
    }
    const cookie = `${COOKIE}=${token}; Path=${ONE_TIME_PATHS.form}; HttpOnly; SameSite=Strict; Max-Age=${COOKIE_SECONDS}`;
    return reply
      .header('set-cookie', `${cookie}${isSecure ? '; Secure' : ''}`)
      .header('cache-control', 'no-store')
      .redirect(inLanguage(ONE_TIME_PATHS.registration, languageOf(request)), 303);
  });

  app.get(ONE_TIME_PATHS.registration, async (request, reply) => {
    const visited = await find(request);
    if (visited === null) return sendHtml(reply.code(410), over(request));
    if (visited.isDone) return sendHtml(reply, endPage(languageOf(request), 'done'));
    if (!visited.isChosen || visited.loginId === null) return showAccount(request, reply, visited, []);
    const { state } = await codes.stateOf(visited.id, placeOf(visited));
    switch (state) {
      case 'waiting':
        return sendHtml(reply, mailPage({ language: languageOf(request), loginId: visited.loginId, problem: null }));
      case 'proved':
        return sendHtml(
          reply,
          confirmPage({
            ...{ language: languageOf(request), loginId: visited.loginId },
            beside: contactsBeside(await customerOf(visited), visited.loginId),
          }),
        );
      case 'over':
        return sendHtml(reply.code(410), over(request));
    }
  });

  app.get(ONE_TIME_PATHS.account, async (request, reply) => {
    const visited = await find(request);
    if (visited === null) return sendHtml(reply.code(410), over(request));
    if (visited.isDone) return back(request, reply);
    return showAccount(request, reply, visited, []);
  });

  app.post(ONE_TIME_PATHS.account, async (request, reply) => {
    const visited = await find(request);
    if (visited === null) return sendHtml(reply.code(410), over(request));
    if (visited.isDone) return back(request, reply);
    const asked = accountSchema.safeParse(request.body);
    if (!asked.success) return showAccount(request, reply.code(422), visited, ['id']);
    const { loginId, next, again } = asked.data;
    const problems: AccountProblem[] = [
      ...(brokenIdRules(loginId).length > 0 ? (['id'] as const) : []),
      ...(brokenRules('portal', next).length > 0 ? (['password'] as const) : []),
      ...(next === again ? [] : (['differs'] as const)),
    ];
    if (problems.length > 0) return showAccount(request, reply.code(422), { ...visited, loginId }, problems);
    const { id, sessionId, terminal, terms } = visited;
    const language = languageOf(request);
    const mailed = await registrations.mail(
      terminal,
      id,
      { sessionId, loginId, password: next, terms: [...terms], language },
      'register-elsewhere',
    );
    if (mailed.ok) {
      onMail();
      return back(request, reply);
    }
    const minutes = minutesOf(mailed.error);
    if (minutes === null) return sendHtml(reply.code(410), over(request));
    return showAccount(request, reply.code(429), { ...visited, loginId }, [{ minutes }]);
  });

  app.post(ONE_TIME_PATHS.code, async (request, reply) => {
    const visited = await find(request);
    if (visited === null) return sendHtml(reply.code(410), over(request));
    if (visited.isDone || visited.loginId === null) return back(request, reply);
    const asked = codeSchema.safeParse(request.body);
    const code = asked.success ? asked.data.code.normalize('NFKC').replaceAll(/\D/g, '') : '';
    const page = { language: languageOf(request), loginId: visited.loginId };
    if (code.length !== CODE_DIGITS) return sendHtml(reply.code(422), mailPage({ ...page, problem: 'broken' }));
    const proved = await codes.prove(visited.id, placeOf(visited), code, browserOf(request));
    if (proved.ok || proved.error.status === 409) return back(request, reply);
    const minutes = minutesOf(proved.error);
    const problem = minutes === null ? 'wrong' : { minutes };
    return sendHtml(reply.code(proved.error.status), mailPage({ ...page, problem }));
  });

  app.post(ONE_TIME_PATHS.completion, async (request, reply) => {
    const visited = await find(request);
    if (visited === null) return sendHtml(reply.code(410), over(request));
    const asked = completionSchema.safeParse(request.body);
    if (!asked.success) return back(request, reply);
    const { id, sessionId, terminal } = visited;
    const { contact } = asked.data;
    const completed = await registrations.complete(terminal, id, { sessionId, contact }, 'register-elsewhere');
    if (!completed.ok) return sendHtml(reply.code(410), over(request));
    onMail();
    return back(request, reply);
  });

  function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    form: { typed: string; problem: Parameters<typeof oneTimeFormPage>[0]['problem']; token?: string },
  ): FastifyReply {
    const visit = form.token ?? randomBytes(32).toString('base64url');
    const { typed, problem } = form;
    return sendHtml(
      reply,
      oneTimeFormPage({ language: languageOf(request), visit, typed, problem }),
      inlineScript(FRAGMENT_SCRIPT),
    );
  }

  function showAccount(
    request: FastifyRequest,
    reply: FastifyReply,
    { loginId }: { readonly loginId: string | null },
    problems: readonly AccountProblem[],
  ): FastifyReply {
    return sendHtml(reply, accountPage({ language: languageOf(request), loginId: loginId ?? '', problems }));
  }

  /** The names of the registration are made of the browser's cookie. null: there is none, or it is over. */
  async function find(request: FastifyRequest): Promise<Visited | null> {
    const token = tokenSchema.safeParse(cookieOf(request, COOKIE));
    if (!token.success) return null;
    const { id, sessionId } = visitOfPage(token.data);
    const row = await db
      .selectFrom('registrations')
      .selectAll()
      .where('id', '=', id)
      .where('session_id', '=', sessionId)
      .executeTakeFirst();
    if (row === undefined) return null;
    const isDone = row.done_at !== null;
    if (!isDone && row.expires_at.getTime() <= clocks.system()) return null;
    const terminal = await findTerminal(db, row.terminal_code);
    if (terminal === null) return null;
    return {
      ...{ id, sessionId, isDone, customerNumber: row.customer_number, loginId: row.login_id },
      terminal: { kind: 'terminal', terminal: terminal.code, shop: terminal.shop },
      terms: tolerant(acceptedTermsSchema.array()).parse(JSON.parse(row.terms ?? '[]')),
      isChosen: row.password_hash !== null,
    };
  }

  async function customerOf({ customerNumber }: Visited): Promise<CustomerRow> {
    const row = await db
      .selectFrom('customers')
      .selectAll()
      .where('number', '=', customerNumber)
      .executeTakeFirstOrThrow();
    return customerRowSchema.parse(row);
  }
}

const over = (request: FastifyRequest): Html => endPage(languageOf(request), 'over');

/** To what stands now, so that going back and sending again does nothing. */
const back = (request: FastifyRequest, reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', 'no-store').redirect(inLanguage(ONE_TIME_PATHS.registration, languageOf(request)), 303);

const placeOf = ({ terminal, sessionId }: Visited): CodePlace => ({ terminal: terminal.terminal, sessionId });
