import formBody from 'node:querystring';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { heartbeatSchema } from '../../shared/central-api/heartbeat.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { type Language, LANGUAGES, languageSchema } from '../../shared/domain/language.ts';
import { callerOf } from '../http/authentication.ts';
import { sendHtml, wantsHtml } from '../http/html.ts';
import { badRequest, forbidden, sendFailure, UNAUTHENTICATED } from '../http/tmf-failure.ts';
import type { Tokens } from '../identity/tokens.ts';
import type { Clocks } from '../ports.ts';
import type { Database } from '../store/schema.ts';
import { type FleetEntry, fleetOf, type KnownTerminal, TROUBLES } from './fleet.ts';
import { fleetPage, FLEET_PATH, signInPage } from './fleet-page.ts';
import { keepHeartbeat, lastHeartbeats } from './heartbeats.ts';
import { isOperator, operatorSessionRoutes } from './operator-session.ts';

export interface FleetContext {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly knownTerminals: () => Promise<readonly KnownTerminal[]>;
}

/** House API: terminals' heartbeats. */
export function heartbeatRoute(app: FastifyInstance, { db, clocks }: FleetContext): void {
  app.post(CENTRAL_PATHS.heartbeat, async (request, reply) => {
    const caller = callerOf(request);
    if (caller.kind !== 'terminal') return sendFailure(reply, forbidden('Terminals send heartbeats'));
    const beat = heartbeatSchema.safeParse(request.body);
    if (!beat.success) return sendFailure(reply, badRequest('This is no heartbeat'));
    await keepHeartbeat(db, caller.terminal, beat.data, clocks.system());
    // A body, so that a terminal can tell central from a portal that answers everything.
    return reply.send({});
  });
}

const PAGE_SIZE = 100;
const querySchema = z.object({
  lang: languageSchema.optional().catch(undefined),
  page: z.coerce.number().int().min(1).catch(1),
  trouble: z.enum(TROUBLES).nullish().catch(null),
  refused: z.string().optional().catch(undefined),
});

/** For operators: how the terminals are. JSON, or a page for browsers. */
export function fleetRoutes(app: FastifyInstance, context: FleetContext, tokens: Tokens, isSecure: boolean): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, formBody.parse(body.toString()));
  });
  operatorSessionRoutes(app, tokens, FLEET_PATH, isSecure);

  app.get(FLEET_PATH, async (request, reply) => {
    const query = querySchema.parse(request.query);
    const language = query.lang ?? languageOf(request);
    if (!(await isOperator(request, tokens))) {
      if (!wantsHtml(request)) return sendFailure(reply, UNAUTHENTICATED);
      return sendHtml(reply.code(401), signInPage(language, query.refused !== undefined));
    }
    const { db, clocks, knownTerminals } = context;
    const now = clocks.system();
    const fleet = fleetOf(await knownTerminals(), await lastHeartbeats(db), now);
    const { trouble } = query;
    const shown = trouble == null ? fleet : fleet.filter(({ troubles }) => troubles.includes(trouble));
    const pages = Math.max(1, Math.ceil(shown.length / PAGE_SIZE));
    const page = Math.min(query.page, pages);
    const entries = shown.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE);
    if (wantsHtml(request)) {
      return sendHtml(reply, fleetPage({ language, fleet, entries, trouble: trouble ?? null, page, pages, now }));
    }
    return reply
      .header('cache-control', 'no-store')
      .header('x-total-count', shown.length)
      .header('x-result-count', entries.length)
      .send(entries.map(toJson));
  });
}

function toJson({ code, shopName, beat, troubles }: FleetEntry) {
  return {
    terminal: code,
    shop: shopName,
    troubles,
    ...(beat === null
      ? { heardAt: null }
      : {
          heardAt: beat.received_at.toISOString(),
          version: beat.version,
          mode: beat.mode,
          queue: { waiting: beat.waiting, held: beat.held, rejected: beat.rejected },
          oldestWaitingAt: beat.oldest_waiting_at?.toISOString() ?? null,
          printer: beat.printer,
          clockAheadSeconds: beat.clock_ahead_seconds,
          salvage: beat.salvage,
        }),
  };
}

/** The first of the browser's languages that there is; Japanese otherwise. */
function languageOf(request: FastifyRequest): Language {
  const wanted = (request.headers['accept-language'] ?? '').split(',').map((range) => range.trim().slice(0, 2));
  return LANGUAGES.find((language) => language === wanted.find((one) => LANGUAGES.some((has) => has === one))) ?? 'ja';
}
