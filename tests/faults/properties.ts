import { z } from 'zod';

/** What must hold whatever happens (docs/reliability.md). */
export const PROPERTIES = [
  'acked_exactly_once_at_central',
  'acked_survives_kill',
  'acked_survives_power_loss',
  'full_disk_refuses_before_ack',
  'captures_complete_before_order',
  'poison_never_blocks_others',
  'never_expires',
  'eventually_drains',
  'clock_independent',
  'purge_only_after_acceptance',
  'same_key_other_body_422',
  'count_shown_equals_database',
  'no_plaintext_at_rest',
  'old_database_migrates_without_loss',
  'memory_steady',
  'damage_costs_what_it_hit',
  'damage_is_told',
  'customer_order_kept',
  'never_withdrawn_and_booked',
] as const;
export type Property = (typeof PROPERTIES)[number];

const propertySchema = z.enum(PROPERTIES);
const violationSchema = z.object({ property: propertySchema, detail: z.string() });
export type Violation = z.infer<typeof violationSchema>;

/** What was tried how often, what was looked at how often, and what did not hold. */
export class Findings {
  readonly violations: Violation[] = [];
  /** By the fault's name. */
  readonly tried = new Map<string, number>();
  readonly checked = new Map<Property, number>();

  try(fault: string, times = 1): void {
    this.tried.set(fault, (this.tried.get(fault) ?? 0) + times);
  }

  check(property: Property, holds: boolean, detail: string): void {
    this.checked.set(property, (this.checked.get(property) ?? 0) + 1);
    if (!holds) this.violations.push({ property, detail });
  }

  add(other: Pick<Findings, 'violations' | 'tried' | 'checked'>): void {
    this.violations.push(...other.violations);
    for (const [fault, times] of other.tried) this.try(fault, times);
    for (const [property, times] of other.checked) {
      this.checked.set(property, (this.checked.get(property) ?? 0) + times);
    }
  }
}

/** As another process reports them. */
export const findingsSchema = z.object({
  violations: z.array(violationSchema),
  tried: z.array(z.tuple([z.string(), z.int()])).transform((entries) => new Map(entries)),
  checked: z.array(z.tuple([propertySchema, z.int()])).transform((entries) => new Map(entries)),
});
