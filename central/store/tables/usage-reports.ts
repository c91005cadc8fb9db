import type { Json } from './json.ts';

/** TMF677, as the network last told it. */
export interface UsageReportTables {
  usage_reports: {
    /** A mobile line's product. */
    product_id: string;
    customer_number: string;
    /** Business time. */
    effective_at: Date;
    /** `usageBucketSchema` */
    buckets: Json;
  };
}
