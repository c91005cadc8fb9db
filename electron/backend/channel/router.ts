import type { EventPublisher } from '@orpc/server';
import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract/contract.ts';
import type { TerminalEvent, TerminalStatus } from '../../../shared/contract/events.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { ApplicationDesk } from '../applications/application-desk.ts';
import type { CatalogCache } from '../catalog/catalog-cache.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { TermsLibrary } from '../terms/terms-library.ts';

export type EventHub = EventPublisher<{ event: TerminalEvent }>;

/** The contract's procedures, each put to the part that does it. */
export function createRouter(parts: {
  sessions: Sessions;
  catalog: CatalogCache;
  terms: TermsLibrary;
  desk: ApplicationDesk;
  connectivity: Connectivity;
  events: EventHub;
  status(): TerminalStatus;
}) {
  const { sessions, catalog, terms, desk, connectivity, events, status } = parts;
  const os = implement(contract);
  return os.router({
    terminal: {
      status: os.terminal.status.handler(() => status()),
      events: os.terminal.events.handler(async function* ({ signal }) {
        const stream = events.subscribe('event', signal === undefined ? {} : { signal });
        yield { type: 'status' as const, status: status() };
        yield* stream;
      }),
      heartbeat: os.terminal.heartbeat.handler(({ input }) => ({
        sessionAlive: input.sessionId !== null && sessions.alive(input.sessionId),
      })),
    },
    session: {
      signIn: os.session.signIn.handler(async ({ input, errors }) => {
        const { requestId, loginId, password } = input;
        const result = await sessions.signIn({ requestId, loginId, password });
        if (result.ok) return { sessionId: result.value.id, customer: result.value.data.customer };
        switch (result.error.code) {
          case 'refused':
            throw errors.SIGN_IN_REFUSED();
          case 'throttled':
            throw errors.THROTTLED({ data: { retryAfterSeconds: result.error.retryAfterSeconds } });
          case 'unreachable':
            void connectivity.suspect();
            throw errors.CENTRAL_UNREACHABLE();
          default:
            return cantHappen(result.error);
        }
      }),
      view: os.session.view.handler(async ({ input, errors }) => {
        const session = sessions.find(input.sessionId);
        if (session === null) throw errors.SESSION_GONE();
        if (connectivity.state() === 'reachable') await sessions.refresh(session);
        else session.fresh = false;
        if (sessions.find(input.sessionId) === null) throw errors.SESSION_GONE();
        return {
          customer: session.data.customer,
          contracts: desk.contractsOf(session),
          asOf: session.asOf,
          fresh: session.fresh,
          applications: desk.outcomesOf(session),
        };
      }),
      touch: os.session.touch.handler(({ input, errors }) => {
        if (!sessions.touch(input.sessionId)) throw errors.SESSION_GONE();
      }),
      end: os.session.end.handler(({ input }) => sessions.end(input.sessionId)),
    },
    catalog: {
      get: os.catalog.get.handler(async ({ errors }) => {
        if (catalog.current() === null) await catalog.refresh();
        const current = catalog.current();
        if (current === null) throw errors.CATALOG_MISSING();
        return { ...current, fresh: connectivity.state() === 'reachable' };
      }),
    },
    terms: {
      get: os.terms.get.handler(({ input }) => input.ids.map((id) => terms.get(id, input.language))),
    },
    applications: {
      submit: os.applications.submit.handler(async ({ input, errors }) => {
        const { sessionId, ...submission } = input;
        const session = sessions.find(sessionId);
        if (session === null) throw errors.SESSION_GONE();
        const result = await desk.submit(session, submission);
        if (result.ok) return result.value;
        const { error } = result;
        switch (error.code) {
          case 'UNKNOWN_PROCEDURE':
            throw errors.UNKNOWN_PROCEDURE();
          case 'TERMS_INCOMPLETE':
            throw errors.TERMS_INCOMPLETE();
          case 'DISK_FULL':
            throw errors.DISK_FULL();
          case 'NOT_READY':
            throw errors.NOT_READY();
          case 'NOT_AVAILABLE':
            throw errors.NOT_AVAILABLE({ data: { reason: error.reason } });
          case 'INVALID_ANSWERS':
            throw errors.INVALID_ANSWERS({ data: { problems: [...error.problems] } });
          case 'QUOTE_CHANGED':
            throw errors.QUOTE_CHANGED({ data: { quote: error.quote } });
          default:
            return cantHappen(error);
        }
      }),
      print: os.applications.print.handler(async ({ input, errors }) => {
        const session = sessions.find(input.sessionId);
        if (session === null) throw errors.SESSION_GONE();
        const outcome = await desk.print(session, input.applicationId);
        if (!outcome.ok) throw errors.UNKNOWN_APPLICATION();
        return outcome.value;
      }),
    },
  });
}

export type Router = ReturnType<typeof createRouter>;
