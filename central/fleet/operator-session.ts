import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Tokens } from '../identity/tokens.ts';

const COOKIE = 'madoguchi-operator';
const PATH = '/operator';

/** Whether the request comes from someone with a token of the scope `operator`: in the header, or signed in by a page. */
export async function isOperator(request: FastifyRequest, tokens: Tokens): Promise<boolean> {
  const header = /^Bearer (\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
  return mayOperate(header ?? cookieOf(request), tokens);
}

/** Pages' sign-in and sign-out; the token is the session. @param isSecure pages are reached by https */
export function operatorSessionRoutes(app: FastifyInstance, tokens: Tokens, home: string, isSecure: boolean): void {
  const cookie = (value: string, seconds: number): string =>
    `${COOKIE}=${value}; Path=${PATH}; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure ? '; Secure' : ''}`;

  app.post(`${PATH}/sign-in`, async (request, reply) => {
    const asked = z
      .object({
        token: z
          .string()
          .trim()
          .regex(/^[\w.-]+$/),
      })
      .safeParse(request.body);
    const right = asked.success && (await mayOperate(asked.data.token, tokens));
    // What isn't right leads to the form again, which says so.
    if (!right) return reply.redirect(`${home}?refused`, 303);
    return reply.header('set-cookie', cookie(asked.data.token, SESSION_SECONDS)).redirect(home, 303);
  });
  app.post(`${PATH}/sign-out`, (_request, reply) => reply.header('set-cookie', cookie('', 0)).redirect(home, 303));
}

/** The token ends by itself before that. */
const SESSION_SECONDS = 12 * 60 * 60;

async function mayOperate(token: string | undefined, tokens: Tokens): Promise<boolean> {
  const caller = token === undefined ? null : await tokens.readAccessToken(token);
  return caller?.kind === 'operator' && caller.operates;
}

function cookieOf(request: FastifyRequest): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}
