import querystring from 'node:querystring';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Provider } from 'oidc-provider';
import { z } from 'zod';
import { terminalCodeSchema } from '../../shared/central-api/terminal-v1.ts';
import { languageSchema } from '../../shared/domain/language.ts';
import type { Clocks } from '../ports.ts';
import { activeStaff } from '../staff/staff-store.ts';
import type { VerifyStaff } from '../staff/verify-staff.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';
import { approveEnrolment, findEnrolment, nextTerminalCode } from '../terminals/approve-enrolment.ts';
import { takeOutOfService } from '../terminals/take-out-of-service.ts';
import { findShop, findTerminal, terminalsOf } from '../terminals/terminal-store.ts';
import { approvalPage, type ApprovalProblem, approvedPage, codePage } from './enrolment-page.ts';
import { isSameSecret, MANAGER_SESSION_SECONDS, type ManagerSessions } from './manager-session.ts';
import type { PageContext } from './page.ts';
import { PATHS } from './paths.ts';
import { signInPage } from './sign-in-page.ts';
import { STYLE } from './style.ts';
import { problemPage, revocationPage, terminalsPage } from './terminals-page.ts';
import { languageOf, pageTexts } from './texts.ts';

export interface ShopPagesContext {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly sessions: ManagerSessions;
  readonly verifyStaff: VerifyStaff;
  readonly server: () => Provider;
  readonly publicUrl: () => string;
}

type ManagerContext = PageContext & { readonly manager: NonNullable<PageContext['manager']> };

const SESSION_COOKIE = 'madoguchi-shop';
const LANGUAGE_COOKIE = 'madoguchi-shop-language';
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const POLICY =
  "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'none'";

const formSchema = z.record(
  z.string(),
  z.union([z.string(), z.array(z.string())]).transform((value) => String(value)),
);
const querySchema = z.object({
  lang: languageSchema.optional().catch(undefined),
  user_code: z.string().max(40).optional().catch(undefined),
  next: z.string().max(200).optional().catch(undefined),
  revoked: terminalCodeSchema.optional().catch(undefined),
});

/** What shop managers do at central in any browser: let terminals in and take them out. No script runs on these pages. */
export function shopPages(app: FastifyInstance, context: ShopPagesContext): void {
  const { db, clocks, sessions, verifyStaff, server, publicUrl } = context;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, { ...querystring.parse(body.toString()) });
  });
  app.addHook('onRequest', async (request, reply) => {
    reply.headers({
      'content-security-policy': POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    const { lang } = querySchema.parse(request.query);
    if (lang !== undefined) setCookie(reply, LANGUAGE_COOKIE, lang, YEAR_SECONDS);
  });

  const send = (reply: FastifyReply, status: number, text: string): FastifyReply =>
    reply.code(status).type('text/html; charset=utf-8').send(text);

  function setCookie(reply: FastifyReply, name: string, value: string, seconds: number): void {
    const secure = publicUrl().startsWith('https:') ? '; Secure' : '';
    const cookie = `${name}=${value}; Path=${PATHS.home}; Max-Age=${seconds}; HttpOnly; SameSite=Strict${secure}`;
    const set = reply.getHeader('set-cookie');
    reply.header('set-cookie', [...(Array.isArray(set) ? set : set === undefined ? [] : [String(set)]), cookie]);
  }

  async function contextOf(request: FastifyRequest): Promise<PageContext> {
    const cookies = cookiesOf(request);
    const asked = languageSchema.safeParse(querySchema.parse(request.query).lang ?? cookies.get(LANGUAGE_COOKIE));
    const language = asked.success ? asked.data : languageOf(request.headers['accept-language']);
    const session = await sessions.read(cookies.get(SESSION_COOKIE) ?? '');
    // Whoever left, or is no manager any more, is out at once.
    const found = session === null ? null : await activeStaff(db, session.number);
    const manager = session === null || found?.role !== 'manager' ? null : { member: found, csrf: session.csrf };
    return { language, t: pageTexts[language], manager };
  }

  const isManager = (one: PageContext): one is ManagerContext => one.manager !== null;

  function goToSignIn(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    return reply.redirect(`${PATHS.signIn}?${new URLSearchParams({ next: request.url }).toString()}`, 303);
  }

  /** A form that another site sent, or that stood open too long, changes nothing. */
  function isOwnForm(
    request: FastifyRequest,
    form: Record<string, string>,
    manager: ManagerContext['manager'],
  ): boolean {
    return isSameSite(request) && isSameSecret(form['csrf'] ?? '', manager.csrf);
  }

  app.get(PATHS.style, (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
  app.get(PATHS.home, (_request, reply) => reply.redirect(PATHS.terminals, 303));

  app.get(PATHS.signIn, async (request, reply) => {
    const one = await contextOf(request);
    const next = ownPath(querySchema.parse(request.query).next);
    if (one.manager !== null) return reply.redirect(next, 303);
    return send(reply, 200, signInPage(one, { next, refusal: null }));
  });

  app.post(PATHS.signIn, async (request, reply) => {
    const one = await contextOf(request);
    const { t } = one;
    const form = formSchema.parse(request.body);
    const next = ownPath(form['next']);
    const refuse = (status: number, refusal: string): FastifyReply =>
      send(reply, status, signInPage({ ...one, manager: null }, { next, refusal }));
    if (!isSameSite(request)) return refuse(403, t('shop:problem.form'));
    const attempt = { number: (form['number'] ?? '').trim(), pin: (form['pin'] ?? '').trim() };
    const verified = await verifyStaff(attempt, { kind: 'page', address: request.ip });
    if (!verified.ok) {
      const seconds = Number(verified.error.headers?.['retry-after'] ?? 60);
      return verified.error.status === 429
        ? refuse(429, t('shop:sign-in.throttled', { minutes: Math.ceil(seconds / 60) }))
        : refuse(401, t('shop:sign-in.refused'));
    }
    if (verified.value.role !== 'manager') return refuse(403, t('shop:sign-in.not-manager'));
    setCookie(reply, SESSION_COOKIE, await sessions.sign(verified.value.number), MANAGER_SESSION_SECONDS);
    return reply.redirect(next, 303);
  });

  app.post(PATHS.signOut, async (request, reply) => {
    const one = await contextOf(request);
    if (isManager(one) && isOwnForm(request, formSchema.parse(request.body), one.manager)) {
      setCookie(reply, SESSION_COOKIE, '', 0);
    }
    return reply.redirect(PATHS.signIn, 303);
  });

  app.get(PATHS.enrolment, async (request, reply) => {
    const one = await contextOf(request);
    if (!isManager(one)) return goToSignIn(request, reply);
    const code = shownCode(querySchema.parse(request.query).user_code ?? '');
    if (code === '') return send(reply, 200, codePage(one, { code, problem: null }));
    return showApproval(reply, one, { code, terminalCode: await nextTerminalCode(db), problem: null });
  });

  async function showApproval(
    reply: FastifyReply,
    one: ManagerContext,
    given: { code: string; terminalCode: string; problem: ApprovalProblem | null },
  ): Promise<FastifyReply> {
    const enrolment = await findEnrolment(server(), given.code, clocks.system());
    if (!enrolment.ok) return send(reply, 404, codePage(one, { code: given.code, problem: enrolment.error }));
    const shop = await findShop(db, one.manager.member.shop);
    const shops = shop === null ? [] : [shop];
    return send(
      reply,
      given.problem === null ? 200 : 422,
      approvalPage(one, { ...given, enrolment: enrolment.value, shops }),
    );
  }

  app.post(PATHS.enrolment, async (request, reply) => {
    const one = await contextOf(request);
    if (!isManager(one)) return reply.redirect(PATHS.signIn, 303);
    const form = formSchema.parse(request.body);
    const code = shownCode(form['user_code'] ?? '');
    if (!isOwnForm(request, form, one.manager)) return send(reply, 403, problemPage(one, one.t('shop:problem.form')));
    const { number, shop } = one.manager.member;
    const asked = (form['terminal_code'] ?? '').trim().toUpperCase();
    const again = (problem: ApprovalProblem): Promise<FastifyReply> =>
      showApproval(reply, one, { code, terminalCode: asked, problem });
    const terminalCode = terminalCodeSchema.safeParse(asked);
    if (!terminalCode.success) return again('bad-code');
    if (form['shop'] !== shop || (await findShop(db, shop)) === null) return again('bad-shop');
    const now = clocks.system();
    const approved = await approveEnrolment(
      { db, provider: server(), now },
      { userCode: code, shop, terminalCode: terminalCode.data, approvedBy: number },
    );
    if (!approved.ok) {
      if (approved.error === 'code-taken') return again(approved.error);
      // Decided here, not by asking anew: another manager's approval may be under way still.
      return send(reply, 404, codePage(one, { code, problem: approved.error }));
    }
    await writeAudit(db, { kind: 'page', number }, now, {
      action: 'create',
      resource: 'terminal',
      resourceId: terminalCode.data,
      customerNumber: null,
      detail: `of ${shop}`,
    });
    return send(reply, 200, approvedPage(one, terminalCode.data));
  });

  app.get(PATHS.terminals, async (request, reply) => {
    const one = await contextOf(request);
    if (!isManager(one)) return goToSignIn(request, reply);
    const terminals = await terminalsOf(db, one.manager.member.shop);
    const revoked = querySchema.parse(request.query).revoked ?? null;
    return send(reply, 200, terminalsPage(one, { terminals, revoked }));
  });

  /** A manager sees the terminals of the own shop only; another's is as one that doesn't exist. */
  async function ownTerminal(one: ManagerContext, code: string): Promise<boolean> {
    return (await findTerminal(db, code))?.shop === one.manager.member.shop;
  }

  app.get<{ Params: { code: string } }>(`${PATHS.terminals}/:code/revocation`, async (request, reply) => {
    const one = await contextOf(request);
    if (!isManager(one)) return goToSignIn(request, reply);
    const { code } = request.params;
    if (!(await ownTerminal(one, code))) return send(reply, 404, problemPage(one, one.t('shop:problem.not-found')));
    return send(reply, 200, revocationPage(one, code));
  });

  app.post<{ Params: { code: string } }>(`${PATHS.terminals}/:code/revocation`, async (request, reply) => {
    const one = await contextOf(request);
    if (!isManager(one)) return reply.redirect(PATHS.signIn, 303);
    const { code } = request.params;
    if (!isOwnForm(request, formSchema.parse(request.body), one.manager)) {
      return send(reply, 403, problemPage(one, one.t('shop:problem.form')));
    }
    if (!(await ownTerminal(one, code))) return send(reply, 404, problemPage(one, one.t('shop:problem.not-found')));
    const { number } = one.manager.member;
    await takeOutOfService(db, clocks, { code, by: number, actor: { kind: 'page', number } });
    return reply.redirect(`${PATHS.terminals}?${new URLSearchParams({ revoked: code }).toString()}`, 303);
  });
}

/** Only to a page of these: a link can't send a manager elsewhere after signing in. */
function ownPath(next: string | undefined): string {
  return next !== undefined && /^\/shop(\/[\w./-]*)?(\?[\w=&%+.-]*)?$/.test(next) ? next : PATHS.terminals;
}

/** As the terminal shows it. */
function shownCode(typed: string): string {
  const letters = typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
  return letters.length > 4 ? `${letters.slice(0, 4)}-${letters.slice(4)}` : letters;
}

/** Browsers say where a request comes from; what is no browser can't be led astray. */
function isSameSite(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin' || site === 'none';
}

function cookiesOf(request: FastifyRequest): ReadonlyMap<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('='));
  return new Map(pairs.map(([name = '', ...value]) => [name, value.join('=')]));
}
