import type { ApplicationExtension, ProductOrderCreate } from '../../shared/central-api/product-order.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Clocks } from '../ports.ts';
import { orderContent, type OrderRow } from '../product-ordering/order-store.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { queueMail } from './mail-store.ts';
import { orderMail, type OrderMailInput } from './order-mail.ts';
import { newsOf, type OrderNews, orderNewsSchema } from './order-news.ts';

export interface OrderMailContext {
  readonly clocks: Clocks;
  readonly catalog: Catalog;
  readonly demo: boolean;
  readonly shopOf: (transaction: DatabaseTransaction, terminalCode: string) => Promise<OrderMailInput['shop']>;
}

/**
 * Mails a customer what the application's state means for him or her, if that is news. Operators' orders have no one to
 * tell.
 * @param known what is news of it; null: what its state says
 */
export async function mailOrderNews(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  order: OrderRow,
  { known }: { readonly known: OrderNews | null },
): Promise<void> {
  if (!hasSomeoneToTell(order)) return;
  const last = await transaction
    .selectFrom('mails')
    .select(['place', 'kind'])
    .where('about', '=', aboutOrder(order))
    .orderBy('place', 'desc')
    .limit(1)
    .executeTakeFirst();
  const news = known ?? newsOf(order.state, last === undefined ? null : orderNewsSchema.parse(last.kind));
  await mailNews(context, transaction, order, { news, place: (last?.place ?? 0) + 1, replacedNumber: null });
}

/**
 * As above, of one that nothing was told of yet.
 * @param matter.replacedNumber receipt number of the application whose place it takes
 */
export async function mailNewOrder(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  order: OrderRow,
  { known, replacedNumber }: { readonly known: OrderNews | null; readonly replacedNumber: string | null },
): Promise<void> {
  if (!hasSomeoneToTell(order)) return;
  await mailNews(context, transaction, order, { news: known ?? newsOf(order.state, null), place: 1, replacedNumber });
}

const aboutOrder = ({ id }: OrderRow): string => `productOrder/${id}`;

const hasSomeoneToTell = ({ request, customer_number }: OrderRow): boolean =>
  request.application !== undefined && customer_number !== null;

async function mailNews(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  order: OrderRow,
  {
    news,
    place,
    replacedNumber,
  }: { readonly news: OrderNews | null; readonly place: number; readonly replacedNumber: string | null },
): Promise<void> {
  const content = orderContent(order);
  const { application } = content;
  if (news === null || application === undefined || order.customer_number === null) return;
  await mailCustomer(context, transaction, {
    about: aboutOrder(order),
    place,
    news,
    customerNumber: order.customer_number,
    order: content,
    application,
    quote: order.quote,
    replacedNumber,
    heldReason: order.held_reason,
    failedItems: new Set((order.outcome ?? []).flatMap(({ itemId, state }) => (state === 'failed' ? [itemId] : []))),
    completedAt: order.completion_date?.getTime() ?? null,
  });
}

/** Tells the customer once that an application can never be taken; it left no order behind. */
export async function mailRefusal(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  { applicationId, application, customerNumber }: RefusedApplication,
  order: ProductOrderCreate,
): Promise<void> {
  const about = `application/${applicationId}`;
  const told = await transaction.selectFrom('mails').select('id').where('about', '=', about).executeTakeFirst();
  if (told !== undefined) return;
  await mailCustomer(context, transaction, {
    about,
    place: 1,
    news: 'rejected',
    customerNumber,
    order,
    application,
    quote: null,
    replacedNumber: null,
    heldReason: null,
    failedItems: new Set(),
    completedAt: null,
  });
}

interface RefusedApplication {
  readonly applicationId: string;
  readonly application: ApplicationExtension;
  readonly customerNumber: string;
}

async function mailCustomer(
  context: OrderMailContext,
  transaction: DatabaseTransaction,
  matter: Omit<OrderMailInput, 'customerName' | 'catalog' | 'shop' | 'demo'> & {
    readonly about: string;
    readonly place: number;
    readonly customerNumber: string;
  },
): Promise<void> {
  const { about, place, customerNumber, ...input } = matter;
  const customer = await transaction
    .selectFrom('customers')
    .select(['full_name', 'contact_email'])
    .where('number', '=', customerNumber)
    .executeTakeFirst();
  if (customer === undefined) return;
  const mail = orderMail({
    ...input,
    customerName: customer.full_name,
    catalog: context.catalog,
    shop: await context.shopOf(transaction, input.application.terminalCode),
    demo: context.demo,
  });
  await queueMail(transaction, context.clocks, {
    about,
    place,
    kind: input.news,
    language: input.application.language,
    customerNumber,
    to: customer.contact_email,
    ...mail,
  });
}
