import type { FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { sendFailure } from '../http/tmf-failure.ts';
import type { Clocks } from '../ports.ts';
import type { Database } from '../store/schema.ts';
import { hasRoomForCode, TOO_MANY_CODES } from './pending-codes.ts';

/** The library reads bodies itself. What else it could do is not reachable. */
export function authorizationRoutes(
  app: FastifyInstance,
  { db, clocks, server }: { db: Database; clocks: Clocks; server: () => Provider },
): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _body, done) => done(null));
  for (const [method, url] of [
    ['GET', CENTRAL_PATHS.authorizationServer],
    ['GET', CENTRAL_PATHS.jwks],
    ['POST', CENTRAL_PATHS.token],
    ['POST', CENTRAL_PATHS.deviceAuthorization],
    ['POST', CENTRAL_PATHS.registration],
  ] as const) {
    app.route({
      method,
      url,
      handler: async (request, reply) => {
        const asksForCode = url === CENTRAL_PATHS.deviceAuthorization;
        if (asksForCode && !(await hasRoomForCode(db, request.ip, clocks.system()))) {
          return sendFailure(reply, TOO_MANY_CODES);
        }
        reply.hijack();
        void server().callback()(request.raw, reply.raw);
        return reply;
      },
    });
  }
}
