import { z } from 'zod';
import { type UsageBucket, usageBucketSchema } from '../../shared/central-api/usage-consumption.ts';
import { addDays, type BusinessDate, firstOfNextMonth } from '../../shared/domain/business-time.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

const usageReportRowSchema = z.object({
  product_id: z.string(),
  customer_number: z.string(),
  effective_at: z.date(),
  buckets: tolerant(z.array(usageBucketSchema)),
});
type UsageReportRow = z.infer<typeof usageReportRowSchema>;

export const listedUsageReports: ListedTable<UsageReportRow> = {
  table: 'usage_reports',
  key: 'product_id',
  keyOf: (row) => row.product_id,
  row: usageReportRowSchema,
  columns: {
    id: { column: 'product_id', kind: 'text' },
    'relatedParty.id': { column: 'customer_number', kind: 'text' },
  },
};

export async function saveUsageReport(db: Database | DatabaseTransaction, row: UsageReportRow): Promise<void> {
  const values = { effective_at: row.effective_at, buckets: JSON.stringify(row.buckets) };
  await db
    .insertInto('usage_reports')
    .values({ product_id: row.product_id, customer_number: row.customer_number, ...values })
    .onConflict((conflict) => conflict.column('product_id').doUpdateSet(values))
    .execute();
}

/** データ容量追加: good for this month only (p.102). What was used before is as of the report's own time. */
export async function addData(
  transaction: DatabaseTransaction,
  line: { readonly productId: string; readonly customerNumber: string },
  megabytes: number,
  today: BusinessDate,
): Promise<void> {
  const row = await transaction
    .selectFrom('usage_reports')
    .selectAll()
    .where('product_id', '=', line.productId)
    .forUpdate()
    .executeTakeFirst();
  const report = row === undefined ? null : usageReportRowSchema.parse(row);
  const added: UsageBucket = {
    kind: 'added',
    expiresOn: addDays(firstOfNextMonth(today), -1),
    grantedMb: megabytes,
    usedMb: 0,
  };
  await saveUsageReport(transaction, {
    product_id: line.productId,
    customer_number: line.customerNumber,
    effective_at: report?.effective_at ?? new Date(`${today}T00:00:00+09:00`),
    buckets: [...(report?.buckets ?? []), added],
  });
}
