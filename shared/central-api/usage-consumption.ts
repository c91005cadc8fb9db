import { z } from 'zod';
import { businessDate, businessDateSchema } from '../domain/business-time.ts';
import { customerParty, relatedPartySchema } from './common.ts';

/** データ容量 that a line has until a day, in megabytes. */
export const usageBucketSchema = z.strictObject({
  /** `monthly` comes with the plan and may be used up to the end of the next month; `added` was bought for one month. */
  kind: z.enum(['monthly', 'added']),
  expiresOn: businessDateSchema,
  grantedMb: z.int().min(0),
  usedMb: z.int().min(0),
});
export type UsageBucket = z.infer<typeof usageBucketSchema>;

const megabytesSchema = z.looseObject({ amount: z.number(), units: z.literal('MB') });

/** TMF677 v4, as far as a terminal reads it: a report for each mobile line. */
export const usageConsumptionReportSchema = z.looseObject({
  id: z.string(),
  href: z.string().optional(),
  effectiveDate: z.iso.datetime({ offset: true }),
  product: z.array(z.looseObject({ id: z.string() })).min(1),
  bucket: z.array(
    z.looseObject({
      id: z.string(),
      name: z.string(),
      bucketBalance: z
        .array(
          z.looseObject({
            remainingValue: megabytesSchema,
            validFor: z.looseObject({ endDateTime: z.iso.datetime({ offset: true }) }),
          }),
        )
        .min(1),
      bucketCounter: z.array(z.looseObject({ counterType: z.string(), value: megabytesSchema })),
    }),
  ),
  relatedParty: z.array(relatedPartySchema),
});
export type UsageConsumptionReport = z.infer<typeof usageConsumptionReportSchema>;

const USED = 'used';

/** What is left of each allowance, the one that ends first first. */
export function bucketsFrom(report: UsageConsumptionReport): UsageBucket[] {
  return report.bucket
    .flatMap((bucket): UsageBucket[] => {
      const [balance] = bucket.bucketBalance;
      if (balance === undefined) return [];
      const left = Math.max(0, Math.floor(balance.remainingValue.amount));
      const used = bucket.bucketCounter.find(({ counterType }) => counterType === USED)?.value.amount ?? 0;
      const usedMb = Math.max(0, Math.floor(used));
      const expiresOn = businessDate(Date.parse(balance.validFor.endDateTime));
      return [{ kind: bucket.name === 'added' ? 'added' : 'monthly', expiresOn, grantedMb: left + usedMb, usedMb }];
    })
    .toSorted((a, b) => a.expiresOn.localeCompare(b.expiresOn));
}

export function usageReportToTmf(input: {
  readonly productId: string;
  readonly customerNumber: string;
  readonly href: string;
  readonly effectiveAt: Date;
  readonly buckets: readonly UsageBucket[];
}) {
  const { productId, customerNumber, href, effectiveAt, buckets } = input;
  const megabytes = (amount: number) => ({ amount, units: 'MB' as const });
  return {
    id: productId,
    href,
    effectiveDate: effectiveAt.toISOString(),
    product: [{ id: productId, '@referredType': 'Product' }],
    bucket: buckets.map(({ kind, expiresOn, grantedMb, usedMb }, index) => ({
      id: String(index + 1),
      name: kind,
      usageType: 'data',
      isShared: false,
      bucketBalance: [
        {
          remainingValue: megabytes(Math.max(0, grantedMb - usedMb)),
          validFor: { endDateTime: `${expiresOn}T23:59:59+09:00` },
        },
      ],
      bucketCounter: [{ counterType: USED, value: megabytes(usedMb) }],
    })),
    relatedParty: [customerParty(customerNumber)],
    '@type': 'UsageConsumptionReport',
  };
}
