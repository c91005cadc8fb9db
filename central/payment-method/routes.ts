import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { listedPaymentMethods, paymentMethodToTmf } from './payment-methods.ts';

/** TMF670, for reading. */
export function paymentMethodRoutes(app: FastifyInstance, context: ReadContext): void {
  readRoutes(app, context, {
    name: 'paymentMethod',
    path: CENTRAL_PATHS.paymentMethod,
    listed: listedPaymentMethods,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: paymentMethodToTmf,
  });
}
