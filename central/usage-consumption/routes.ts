import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { usageReportToTmf } from '../../shared/central-api/usage-consumption.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import { listedUsageReports } from './usage-reports.ts';

/** TMF677, for reading. */
export function usageConsumptionRoutes(app: FastifyInstance, context: ReadContext): void {
  readRoutes(app, context, {
    name: 'usageConsumptionReport',
    path: CENTRAL_PATHS.usageConsumptionReport,
    listed: listedUsageReports,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: (row, href) =>
      usageReportToTmf({
        productId: row.product_id,
        customerNumber: row.customer_number,
        href,
        effectiveAt: row.effective_at,
        buckets: row.buckets,
      }),
  });
}
