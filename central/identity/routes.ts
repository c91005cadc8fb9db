import formBody from 'node:querystring';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type Configuration, signInRequestSchema } from '../../shared/central-api/terminal-v1.ts';
import { callerOf } from '../http/authentication.ts';
import { badRequest, forbidden, sendFailure, tmfErrorBody } from '../http/tmf-failure.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import type { Database } from '../store/schema.ts';
import type { RescueKey } from './rescue-key.ts';
import type { createSignIn } from './sign-in.ts';
import type { TerminalRecord } from './terminals.ts';
import { TERMINAL_TOKEN_SECONDS, type Tokens } from './tokens.ts';

const tokenRequestSchema = z.object({ grant_type: z.literal('client_credentials'), client_id: z.string().min(1) });

/** OAuth 2 client credentials. A demo's terminals have no key yet: their name is enough, so there are none otherwise. */
export function tokenRoute(app: FastifyInstance, terminals: readonly TerminalRecord[], tokens: Tokens): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, formBody.parse(body.toString()));
  });
  app.post(CENTRAL_PATHS.token, async (request, reply) => {
    reply.header('cache-control', 'no-store');
    // RFC 6749's member `error` beside TMF's.
    const refuse = (status: number, error: string) =>
      reply.code(status).send({ ...tmfErrorBody({ status, code: error, reason: 'No token' }), error });
    const asked = tokenRequestSchema.safeParse(request.body);
    if (!asked.success) return refuse(400, 'invalid_request');
    const terminal = terminals.find(({ terminalCode }) => terminalCode === asked.data.client_id);
    if (terminal === undefined) return refuse(401, 'invalid_client');
    return reply.send({
      access_token: await tokens.forTerminal(terminal.terminalCode, terminal.shop),
      token_type: 'Bearer',
      expires_in: TERMINAL_TOKEN_SECONDS,
      scope: 'terminal',
    });
  });
}

/** The house API, for terminals. */
export function terminalRoutes(
  app: FastifyInstance,
  context: {
    db: Database;
    clocks: Clocks;
    demo: boolean;
    terminals: readonly TerminalRecord[];
    rescueKey: RescueKey;
    signIn: Awaited<ReturnType<typeof createSignIn>>;
  },
): void {
  app.post(CENTRAL_PATHS.signIn, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Customers sign in at terminals'));
    const asked = signInRequestSchema.safeParse(request.body);
    if (!asked.success) return sendFailure(reply, badRequest('loginId, password and sessionId are required'));
    const signedIn = await context.signIn(caller, asked.data);
    if (!signedIn.ok) return sendFailure(reply, signedIn.error);
    const { customerNumber } = signedIn.value;
    const { sessionId } = asked.data;
    await context.db.transaction().execute(async (transaction) => {
      await writeInteraction(transaction, context.clocks.business(), {
        customerNumber,
        shop: caller.shop,
        terminal: caller.terminal,
        staffNumber: null,
        sessionId,
        orderId: null,
        visit: { kind: 'customer-signed-in' },
      });
      await writeAudit(transaction, caller, context.clocks.system(), {
        action: 'create',
        resource: 'session',
        resourceId: sessionId,
        customerNumber,
      });
    });
    return reply.header('cache-control', 'no-store').send(signedIn.value);
  });

  app.get(CENTRAL_PATHS.configuration, async (request, reply) => {
    const caller = callerOf(request);
    const terminal =
      caller.kind === 'terminal' ? context.terminals.find((one) => one.terminalCode === caller.terminal) : undefined;
    if (terminal === undefined) return sendFailure(reply, forbidden('Terminals ask for their configuration'));
    const { terminalCode, shopName, shopPhone } = terminal;
    const configuration: Configuration = {
      terminalCode,
      shopName,
      shopPhone,
      demo: context.demo,
      rescueKey: context.rescueKey,
    };
    return reply.send(configuration);
  });
}
