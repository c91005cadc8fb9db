import { z } from 'zod';
import { partiesIn } from '../../shared/central-api/common.ts';
import {
  applicationExtensionSchema,
  FINAL_STATES,
  type OrderItem,
  type OrderState,
  orderStateSchema,
  type ProductOrder,
  type ProductOrderCreate,
  orderContentSchema,
} from '../../shared/central-api/product-order.ts';
import { businessDateSchema, MIDNIGHT, startOfDay, timeOn } from '../../shared/domain/business-time.ts';
import { type StateReason, stateReasonSchema } from '../../shared/contract/events.ts';
import { type Quote, quoteSchema } from '../../shared/domain/quote.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { Resource } from '../http/reply.ts';
import type { ListedTable } from '../store/list-table.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';

/** What an application made without the customer's contracts turned out to mean, once it was released. */
const resolvedSchema = orderContentSchema
  .pick({ productOrderItem: true, orderTotalPrice: true })
  .extend({ quoteKind: applicationExtensionSchema.shape.quoteKind });

/** What became of an item, and from when it holds. */
const itemOutcomeSchema = z.strictObject({
  itemId: z.string(),
  state: z.enum(['completed', 'failed']),
  /** The contract that it made, changed or ended; null: none. */
  productId: z.string().nullable(),
  startsOn: businessDateSchema.nullable(),
  /** Of that day, `HH:MM`. */
  startsAt: z.string().default(MIDNIGHT),
  feeFrom: businessDateSchema.nullable(),
  endsOn: businessDateSchema.nullable(),
});
export type ItemOutcome = z.infer<typeof itemOutcomeSchema>;

export const orderRowSchema = z.object({
  id: z.string(),
  external_id: z.string().nullable(),
  customer_number: z.string().nullable(),
  terminal_code: z.string().nullable(),
  shop: z.string().nullable(),
  state: orderStateSchema,
  /** Why it waits for a person, or was rejected. */
  held_reason: stateReasonSchema.nullable(),
  order_date: z.date(),
  completion_date: z.date().nullable(),
  /** Which of the customer's IDs its session had signed in with; null: none let it in, or a person released it. */
  identity_version: z.int().nullable(),
  request: tolerant(orderContentSchema),
  resolved: tolerant(resolvedSchema.nullable()),
  /** null: it isn't carried out. */
  outcome: tolerant(z.array(itemOutcomeSchema).nullable()),
  /** One that an older program computed and this one can't read counts as none: it only serves what is told of the order. */
  quote: tolerant(quoteSchema.nullable()).catch(null),
});
export type OrderRow = z.infer<typeof orderRowSchema>;
const contentSchema = orderRowSchema.pick({ request: true, resolved: true });

export const listedOrders: ListedTable<OrderRow> = {
  table: 'product_orders',
  key: 'id',
  keyOf: (row) => row.id,
  row: orderRowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    externalId: { column: 'external_id', kind: 'text' },
    state: { column: 'state', kind: 'text' },
    category: { column: 'category', kind: 'text' },
    'relatedParty.id': { column: 'customer_number', kind: 'party' },
    orderDate: { column: 'order_date', kind: 'time' },
    completionDate: { column: 'completion_date', kind: 'time' },
  },
};

/** What is ordered: as it was sent, or what that turned out to mean. */
export function orderContent({ request, resolved }: Pick<OrderRow, 'request' | 'resolved'>): ProductOrderCreate {
  const { application } = request;
  if (resolved === null || application === undefined) return request;
  const { quoteKind, ...content } = resolved;
  return { ...request, ...content, application: { ...application, quoteKind } };
}

const notesSchema = z.array(z.looseObject({ text: z.string(), author: z.string().optional() }));

export function orderToTmf(row: OrderRow, href: string): ProductOrder & Resource {
  const request = orderContent(row);
  const notes = notesSchema.safeParse(request['note']);
  const note = [
    ...(notes.success ? notes.data : []),
    ...(row.held_reason === null ? [] : [{ text: row.held_reason, author: 'central' }]),
  ];
  return {
    '@type': 'ProductOrder',
    ...request,
    id: row.id,
    href,
    state: row.state,
    orderDate: row.order_date.toISOString(),
    productOrderItem: request.productOrderItem.map((item) => settledItem(item, row)),
    relatedParty: [],
    ...partiesIn(request),
    ...(row.external_id === null ? {} : { externalId: row.external_id }),
    ...(row.completion_date === null ? {} : { completionDate: row.completion_date.toISOString() }),
    ...(note.length === 0 ? {} : { note }),
  };
}

/** An order may be carried out in part; its items never are. */
function settledItem(item: OrderItem, { state, outcome }: OrderRow): OrderItem {
  const own = outcome?.find(({ itemId }) => itemId === item.id);
  if (own === undefined) return { ...item, state };
  if (own.state === 'failed') return { ...item, state: own.state };
  const { productId, startsOn, startsAt, feeFrom, endsOn } = own;
  const settled = item.product?.productCharacteristic ?? [];
  return {
    ...item,
    state: own.state,
    product: {
      ...item.product,
      ...(productId === null ? {} : { id: productId }),
      ...(startsOn === null ? {} : { startDate: timeOn(startsOn, startsAt) }),
      ...(endsOn === null ? {} : { terminationDate: startOfDay(endsOn) }),
      ...(feeFrom === null
        ? {}
        : { productCharacteristic: [...settled, { name: 'feeFrom', value: feeFrom, valueType: 'string' }] }),
    },
  };
}

/**
 * The items of the customer's orders that aren't settled yet.
 * @param except an order that doesn't count: the one that is judged, or that is replaced
 */
export async function openOrders(
  db: Database | DatabaseTransaction,
  customerNumber: string,
  except: string | null,
): Promise<{ readonly key: string; readonly items: readonly OrderItem[] }[]> {
  const rows = await db
    .selectFrom('product_orders')
    .select(['id', 'external_id', 'request', 'resolved'])
    .where('customer_number', '=', customerNumber)
    .where('state', 'not in', FINAL_STATES)
    .execute();
  return rows
    .filter(({ id }) => id !== except)
    .map((row) => ({
      key: row.external_id ?? row.id,
      items: orderContent(contentSchema.parse(row)).productOrderItem,
    }));
}

/** Locks the order until the transaction ends. */
export async function lockOrder(
  transaction: DatabaseTransaction,
  id: string,
  by: 'id' | 'external_id' = 'id',
): Promise<OrderRow | null> {
  const row = await transaction
    .selectFrom('product_orders')
    .selectAll()
    .where(by, '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row === undefined ? null : orderRowSchema.parse(row);
}

export interface OrderStart {
  /** `cancelled`: withdrawn at the shop before it came. */
  readonly state: Extract<OrderState, 'acknowledged' | 'held' | 'cancelled'>;
  /** Why an order waits for a person, or null. */
  readonly reason: StateReason | null;
  /** What central computed; null where it couldn't, and for orders that come without an application. */
  readonly quote: Quote | null;
}
