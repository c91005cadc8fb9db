import type { FastifyInstance } from 'fastify';
import type { ReadContext } from '../http/read-routes.ts';
import { individualRoutes } from './individuals.ts';
import { organizationRoutes } from './organizations.ts';

/** TMF632 */
export function partyRoutes(app: FastifyInstance, context: ReadContext): void {
  individualRoutes(app, context);
  organizationRoutes(app, context);
}
