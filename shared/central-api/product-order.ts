import { z } from 'zod';
import { type StateReason, stateReasonSchema } from '../contract/events.ts';
import { identityMethodSchema } from '../domain/identity-check.ts';
import { identityCheckSchema } from '../domain/identity-policy.ts';
import { languageSchema } from '../domain/language.ts';
import { chargesNothing, isChanged, type Quote, type QuoteLine } from '../domain/quote.ts';
import { staffNumberSchema } from '../domain/staff.ts';
import { acceptedTermsSchema } from '../domain/terms.ts';
import { orderCapturesSchema } from './captures.ts';
import { characteristicSchema, customerParty, priceSchema, relatedPartySchema, yen } from './common.ts';

/** TMF622 v4 */
export const ORDER_STATES = [
  'acknowledged',
  'rejected',
  'pending',
  'held',
  'inProgress',
  'cancelled',
  'completed',
  'failed',
  'partial',
  'assessingCancellation',
  'pendingCancellation',
] as const;
export const orderStateSchema = z.enum(ORDER_STATES);
export type OrderState = z.infer<typeof orderStateSchema>;

/** States that nothing follows. In any other, an order still changes contracts. */
export const FINAL_STATES: readonly OrderState[] = ['rejected', 'cancelled', 'completed', 'failed', 'partial'];
export const isSettled = (state: OrderState): boolean => FINAL_STATES.includes(state);

const timeSchema = z.iso.datetime({ offset: true });

const orderPriceSchema = z.looseObject({
  name: z.string().optional(),
  priceType: z.string(),
  recurringChargePeriod: z.string().optional(),
  price: priceSchema,
});

/** Read as it comes: a BSS writes dates as it likes, and no application may wait because of that. */
const orderedProductSchema = z.looseObject({
  id: z.string().optional(),
  productCharacteristic: z.array(characteristicSchema).optional(),
  /** Told once it is carried out. */
  startDate: z.string().optional(),
  terminationDate: z.string().optional(),
});

const quantitySchema = z.int().positive().optional();

export const orderItemSchema = z.looseObject({
  id: z.string(),
  action: z.enum(['add', 'modify', 'delete', 'noChange']),
  /** How many of it; absent, or none that can be ordered: one. */
  quantity: quantitySchema.catch(undefined),
  productOffering: z.looseObject({ id: z.string() }).optional(),
  product: orderedProductSchema.optional(),
  itemPrice: z.array(orderPriceSchema).optional(),
  state: orderStateSchema.optional(),
});
export type OrderItem = z.infer<typeof orderItemSchema>;

/** Who applied: the customer, or staff for a customer whose identity they checked. */
export const attributionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('customer'), sessionId: z.uuid() }),
  z.strictObject({
    kind: z.literal('staff'),
    sessionId: z.uuid(),
    staffNumber: staffNumberSchema,
    identityMethod: identityMethodSchema,
    /** true: taken while central was away, by staff's attestation and without the customer's contracts. */
    unverified: z.boolean(),
  }),
]);
export type Attribution = z.infer<typeof attributionSchema>;

/** What a counter adds to TMF622: how the order came about. A BSS that ignores it still books the right products. */
export const applicationExtensionSchema = z.strictObject({
  procedureId: z.string(),
  answers: z.record(z.string(), z.string()),
  language: languageSchema,
  receiptNumber: z.string(),
  terminalCode: z.string(),
  /** When the customer applied, ISO 8601, the terminal's clock corrected by central's. */
  capturedAt: z.iso.datetime(),
  /** Prices the customer saw come from this catalog. */
  catalogVersion: z.string(),
  quoteKind: z.enum(['total', 'later']),
  terms: z.array(acceptedTermsSchema),
  attribution: attributionSchema,
  /** A correction: the application (its id) that this one takes the place of. Central cancels that one with it. */
  replaces: z.uuidv7().optional(),
  /** The kept draft that it came of. Central erases that with it. */
  draft: z.uuidv7().optional(),
  /** Hashes of the pictures of its identity check: all at central before it. */
  captures: orderCapturesSchema.optional(),
  /** Who was identified, by what and by whom. */
  identityChecks: z.array(identityCheckSchema).max(4).optional(),
});
export type ApplicationExtension = z.infer<typeof applicationExtensionSchema>;

export const ORDER_TYPE = 'MadoguchiProductOrder';

/** What is ordered. Operators' and conformance kits' orders come without application, price, externalId or party. */
export const orderContentSchema = z.looseObject({
  externalId: z.string().optional(),
  category: z.string().optional(),
  description: z.string().optional(),
  relatedParty: z.array(relatedPartySchema).optional(),
  productOrderItem: z.array(orderItemSchema).min(1),
  orderTotalPrice: z.array(orderPriceSchema).optional(),
  application: applicationExtensionSchema.optional(),
});
export type ProductOrderCreate = z.infer<typeof orderContentSchema>;

/** POST body: central keeps no date and no quantity that isn't one. */
export const productOrderCreateSchema = orderContentSchema.extend({
  productOrderItem: z
    .array(
      orderItemSchema.extend({
        quantity: quantitySchema,
        product: orderedProductSchema
          .extend({ startDate: timeSchema.optional(), terminationDate: timeSchema.optional() })
          .optional(),
      }),
    )
    .min(1),
});

/** What a terminal reads of an order. `note` carries central's reason code with author `central`. */
export const productOrderSchema = z.looseObject({
  id: z.string(),
  href: z.string(),
  state: orderStateSchema,
  externalId: z.string().optional(),
  orderDate: z.string().optional(),
  completionDate: z.string().optional(),
  expectedCompletionDate: z.string().optional(),
  note: z.array(z.looseObject({ text: z.string(), author: z.string().optional() })).optional(),
  productOrderItem: z.array(orderItemSchema),
  relatedParty: z.array(relatedPartySchema).optional(),
  orderTotalPrice: z.array(orderPriceSchema).optional(),
  /** A BSS may tell back only a part of it, and a newer central more: neither makes the order unreadable. */
  application: z.object(applicationExtensionSchema.shape).optional().catch(undefined),
});
export type ProductOrder = z.infer<typeof productOrderSchema>;

/** The reason that central gives; null: none. */
export function reasonOf({ note = [] }: Pick<ProductOrder, 'note'>): StateReason | null {
  const given = note.find((one) => one.author === 'central' && stateReasonSchema.safeParse(one.text).success);
  return given === undefined ? null : stateReasonSchema.parse(given.text);
}

/** The order for an application; the terminal sends it, central builds it again from the answers and compares. */
export function buildProductOrder(input: {
  applicationId: string;
  customerNumber: string;
  quote: Quote;
  application: ApplicationExtension;
}): ProductOrderCreate {
  const { applicationId, customerNumber, quote, application } = input;
  return {
    externalId: applicationId,
    category: application.procedureId,
    relatedParty: [customerParty(customerNumber)],
    productOrderItem: orderItems(quote),
    orderTotalPrice: orderTotals(quote),
    application,
    '@type': ORDER_TYPE,
    '@baseType': 'ProductOrder',
  };
}

export function orderItems(quote: Quote): OrderItem[] {
  const lines =
    quote.kind === 'total' ? quote.groups.flatMap((group) => group.lines).filter(isChanged) : quote.knownLines;
  // TMF622 wants an item also where none of the customer's products changes.
  if (chargesNothing(quote)) return [{ id: '1', action: 'noChange' }];
  return lines.map((line, index) => orderItem(line, String(index + 1)));
}

function orderItem(line: QuoteLine, id: string): OrderItem {
  if (line.after === null) {
    return {
      id,
      action: 'delete',
      product: { id: line.key },
      ...(line.before === null ? {} : { productOffering: { id: line.before.offeringId } }),
    };
  }
  const { offeringId, yen: monthly, provision, characteristics, period } = line.after;
  const settled = Object.entries({ provision, ...characteristics }).flatMap(([name, value]) =>
    value == null ? [] : [{ name, value, valueType: 'string' }],
  );
  return {
    id,
    action: line.before === null ? 'add' : 'modify',
    productOffering: { id: offeringId },
    product: {
      ...(line.before === null ? {} : { id: line.key }),
      ...(settled.length === 0 ? {} : { productCharacteristic: settled }),
    },
    itemPrice: [
      { priceType: 'recurring', recurringChargePeriod: 'month', price: { taxIncludedAmount: yen(monthly) } },
      ...(period === undefined
        ? []
        : [
            {
              priceType: 'recurring',
              recurringChargePeriod: `${period.months} month`,
              price: { taxIncludedAmount: yen(period.yen) },
            },
          ]),
    ],
  };
}

/** New monthly total (only where it is known) and what is paid once, each under its name. */
export function orderTotals(quote: Quote): NonNullable<ProductOrderCreate['orderTotalPrice']> {
  return [
    ...(quote.kind === 'total'
      ? [
          {
            name: 'monthly-total',
            priceType: 'recurring',
            recurringChargePeriod: 'month',
            price: { taxIncludedAmount: yen(quote.newTotalYen) },
          },
        ]
      : []),
    ...quote.once.map((line) => ({
      name: line.id,
      priceType: 'nonRecurring',
      price: { taxIncludedAmount: yen(line.yen) },
    })),
  ];
}
