import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { bucketsFrom, usageConsumptionReportSchema } from '../../../shared/central-api/usage-consumption.ts';
import type { LineUsage } from '../../../shared/contract/usage.ts';
import type { CentralClient } from '../central/central-client.ts';
import { readPages } from '../central/read-pages.ts';

/** @returns null: central can't be reached, or gave no proper answer. */
export async function fetchUsage(
  client: CentralClient,
  input: { customerNumber: string; bearer: string; timeoutMs: number },
): Promise<LineUsage[] | null> {
  const { customerNumber, bearer, timeoutMs } = input;
  const reports = await readPages(
    client,
    {
      path: CENTRAL_PATHS.usageConsumptionReport,
      bearer,
      timeoutMs,
      query: { 'relatedParty.id': customerNumber },
    },
    usageConsumptionReportSchema,
  );
  if (reports.kind !== 'ok') return null;
  return reports.body.flatMap((report) => {
    const [product] = report.product;
    if (product === undefined) return [];
    return [{ contractId: product.id, asOf: Date.parse(report.effectiveDate), buckets: bucketsFrom(report) }];
  });
}
