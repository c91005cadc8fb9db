import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { sendFailure } from './tmf-failure.ts';

/**
 * More at a time would only wait for each other and for the database's connections, and answer all of them late. Some
 * thousand terminals that come back together are sent away at once instead, each for a time of its own.
 */
export const MOST_AT_ONCE = 256;
const LONGEST_AWAY_SECONDS = 10;

/** @param random a number in [0, 1) */
export function refuseOverload(app: FastifyInstance, random: () => number): void {
  let atOnce = 0;
  app.addHook('onRequest', (request, reply, done) => {
    // Questions that central keeps until there is news cost nothing while they wait.
    if (request.routeOptions.url?.startsWith(CENTRAL_PATHS.calls) === true) return done();
    if (atOnce >= MOST_AT_ONCE) {
      const seconds = 1 + Math.floor(random() * LONGEST_AWAY_SECONDS);
      sendFailure(reply, {
        status: 429,
        code: 'busy',
        reason: 'Too many requests at a time',
        headers: { 'retry-after': String(seconds) },
      });
      return;
    }
    atOnce += 1;
    reply.raw.once('close', () => {
      atOnce -= 1;
    });
    done();
  });
}
