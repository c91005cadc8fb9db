import type { FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';

/** The library reads bodies itself. What else it could do is not reachable. */
export function authorizationRoutes(app: FastifyInstance, server: () => Provider): void {
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
      handler: (request, reply) => {
        reply.hijack();
        void server().callback()(request.raw, reply.raw);
      },
    });
  }
}
