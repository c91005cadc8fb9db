import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { orderStateSchema } from '../../shared/central-api/product-order.ts';
import { stateReasonSchema } from '../../shared/contract/events.ts';
import { CHOSEN_PASSWORDS } from '../../shared/domain/password-rule.ts';
import { identityMethodSchema } from '../../shared/domain/identity-check.ts';
import { languageSchema } from '../../shared/domain/language.ts';
import { acceptedTermsSchema } from '../../shared/domain/terms.ts';
import { withdrawalReasonSchema } from '../../shared/domain/withdrawal.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/** What happened at a counter, and what is to be known of it later. */
export const visitSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer-signed-in') }),
  z.strictObject({ kind: z.literal('customer-opened-by-staff'), identityMethod: identityMethodSchema }),
  z.strictObject({
    kind: z.literal('application'),
    procedureId: z.string(),
    receiptNumber: z.string(),
    language: languageSchema,
    /** Shown and accepted. */
    terms: z.array(acceptedTermsSchema),
    /** null: the customer signed in. */
    identityMethod: identityMethodSchema.nullable(),
    /** true: taken by staff's attestation, without the customer's contracts. */
    unverified: z.boolean(),
    replaces: z.string().nullable(),
    /** As it was answered. */
    state: orderStateSchema,
    heldReason: stateReasonSchema.nullable(),
  }),
  z.strictObject({ kind: z.literal('password-issued'), account: z.enum(CHOSEN_PASSWORDS) }),
  z.strictObject({ kind: z.literal('one-time-password-issued') }),
  z.strictObject({ kind: z.literal('password-changed'), account: z.enum(CHOSEN_PASSWORDS) }),
  z.strictObject({
    kind: z.literal('id-registered'),
    /** There was one before. */
    replaced: z.boolean(),
    terms: z.array(acceptedTermsSchema),
  }),
  z.strictObject({ kind: z.literal('cable-id-added') }),
  z.strictObject({ kind: z.enum(['id-changed', 'contact-changed']) }),
  z.strictObject({ kind: z.literal('application-released') }),
  z.strictObject({ kind: z.literal('application-rejected'), reason: stateReasonSchema }),
  z.strictObject({ kind: z.literal('application-replaced'), by: z.string() }),
  /** The terminal printed it; `number`: how many times by then. */
  z.strictObject({ kind: z.literal('slip-reprinted'), number: z.int().min(1) }),
  z.strictObject({ kind: z.literal('application-withdrawn'), reason: withdrawalReasonSchema }),
]);
export type Visit = z.infer<typeof visitSchema>;

export interface Interaction {
  readonly customerNumber: string;
  readonly shop: string | null;
  readonly terminal: string | null;
  readonly staffNumber: string | null;
  readonly sessionId: string | null;
  readonly orderId: string | null;
  readonly visit: Visit;
}

export const interactionRowSchema = z.object({
  id: z.string(),
  at: z.date(),
  customer_number: z.string(),
  shop: z.string().nullable(),
  terminal_code: z.string().nullable(),
  staff_number: z.string().nullable(),
  session_id: z.string().nullable(),
  order_id: z.string().nullable(),
  details: tolerant(visitSchema),
});
export type InteractionRow = z.infer<typeof interactionRowSchema>;

export const listedInteractions: ListedTable<InteractionRow> = {
  table: 'party_interactions',
  key: 'id',
  keyOf: (row) => row.id,
  row: interactionRowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    reason: { column: 'kind', kind: 'text' },
    creationDate: { column: 'at', kind: 'time' },
    'relatedParty.id': { column: 'customer_number', kind: 'text' },
    'relatedChannel.id': { column: 'terminal_code', kind: 'text' },
    'interactionItem.item.id': { column: 'order_id', kind: 'text' },
  },
};

/** Writes into the visit log, in the transaction of what it tells. @param at epoch ms, business clock */
export async function writeInteraction(
  transaction: DatabaseTransaction,
  at: number,
  interaction: Interaction,
): Promise<void> {
  await transaction
    .insertInto('party_interactions')
    .values(rowOf(uuidv7(), at, interaction))
    .execute();
}

/** As above, for what may be told twice. @returns false: it is there already, under that id */
export async function writeInteractionOnce(
  transaction: DatabaseTransaction,
  id: string,
  at: number,
  interaction: Interaction,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('party_interactions')
    .values(rowOf(id, at, interaction))
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

function rowOf(
  id: string,
  at: number,
  { customerNumber, shop, terminal, staffNumber, sessionId, orderId, visit }: Interaction,
) {
  return {
    id,
    at: new Date(at),
    kind: visit.kind,
    customer_number: customerNumber,
    shop,
    terminal_code: terminal,
    staff_number: staffNumber,
    session_id: sessionId,
    order_id: orderId,
    details: JSON.stringify(visit),
  };
}
