import { oc } from '@orpc/contract';
import { z } from 'zod';
import { usageBucketSchema } from '../central-api/usage-consumption.ts';
import { sessionErrors, sessionIdSchema } from './session.ts';

/** What is left of a mobile line's data (manual p.102). */
export const lineUsageSchema = z.strictObject({
  contractId: z.string(),
  /** Epoch ms: central's figures are of then. */
  asOf: z.number(),
  buckets: z.array(usageBucketSchema),
});
export type LineUsage = z.infer<typeof lineUsageSchema>;

export const usageContract = {
  /** Of every line; asks central now. */
  get: oc
    .input(z.strictObject({ sessionId: sessionIdSchema }))
    .output(z.array(lineUsageSchema))
    .errors({ ...sessionErrors, CENTRAL_UNREACHABLE: {} }),
};
