import { z } from 'zod';
import { tmfDigitalIdentitySchema } from '../../shared/central-api/accounts.ts';
import { cancelProductOrderCreateSchema, cancelProductOrderSchema } from '../../shared/central-api/cancel-order.ts';
import { tmfCommunicationMessageSchema } from '../../shared/central-api/communication.ts';
import { tmfCustomerSchema, tmfIndividualSchema } from '../../shared/central-api/party.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { paymentMethodSchema } from '../../shared/central-api/payment-method.ts';
import { productStockSchema } from '../../shared/central-api/product-stock.ts';
import { tmfProductSchema } from '../../shared/central-api/product-inventory.ts';
import { qualificationRequestSchema, qualificationSchema } from '../../shared/central-api/qualification.ts';
import { productOrderCreateSchema, productOrderSchema } from '../../shared/central-api/product-order.ts';
import { IDEMPOTENCY_KEY_HEADER, SUBMISSION_GRANT_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { usageConsumptionReportSchema, usageReportToTmf } from '../../shared/central-api/usage-consumption.ts';
import { individualSchema } from '../party/individuals.ts';
import { organizationSchema } from '../party/organizations.ts';
import { paymentMethodToTmf } from '../payment-method/payment-methods.ts';
import { stockToTmf, writtenStockSchema } from '../product-stock/stock-levels.ts';
import { CATALOG_SCHEMAS } from '../product-catalog/catalog-records.ts';
import { CATALOG_KINDS } from '../product-catalog/catalog-resources.ts';
import { recordedProductSchema } from '../product-inventory/recorded-product.ts';
import { orderPatchSchema } from '../product-ordering/order-patch.ts';
import { LIST_QUERY, type Operation, type Who } from './operation.ts';

const ID = '01990000-0000-7000-8000-000000000001';
const TIME = '2026-11-18T03:00:00.000Z';
const addressed = { id: z.string(), href: z.string() };
const exampleAt = (path: string) => ({ id: ID, href: `https://bss.example${path}/${ID}` });

interface Described {
  readonly tag: string;
  readonly name: string;
  readonly path: string;
  readonly readers: readonly Who[];
  readonly schema: z.ZodType;
  readonly example: unknown;
}

function reading({ tag, name, path, readers, schema, example }: Described): Operation[] {
  const one = { tag, who: readers, method: 'GET' } as const;
  return [
    {
      ...{ ...one, url: path, summary: `Lists ${name}`, query: LIST_QUERY },
      response: { status: 200, schema: z.array(schema), example: [example] },
    },
    {
      ...{ ...one, url: `${path}/:id`, summary: `Reads one ${name}`, query: ['fields'] },
      response: { status: 200, schema, example },
    },
  ];
}

function writing({ tag, name, path, schema, example }: Described, body: z.ZodObject): Operation[] {
  const one = { tag, who: ['operator'] } as const;
  return [
    {
      ...{ ...one, method: 'POST', url: path, summary: `Creates a ${name}`, request: body },
      response: { status: 201, schema, example },
    },
    {
      ...{ ...one, method: 'PATCH', url: `${path}/:id`, summary: `Merges a patch into a ${name}` },
      ...{ request: body.partial(), response: { status: 200, schema, example } },
    },
    {
      ...{ ...one, method: 'DELETE', url: `${path}/:id`, summary: `Deletes a ${name} that an operator put in` },
      response: { status: 204 },
    },
  ];
}

const EVERYONE: readonly Who[] = ['operator', 'staff', 'customer', 'terminal'];

const catalog = CATALOG_KINDS.flatMap((name) => {
  const path = CENTRAL_PATHS[name];
  const described = {
    ...{ tag: 'TMF620', name, path, readers: EVERYONE },
    schema: CATALOG_SCHEMAS[name].extend({ ...addressed, lastUpdate: z.string() }),
    example: {
      ...exampleAt(path),
      ...CATALOG_SCHEMAS[name].parse({ name: 'Kattobi Wide', lifecycleStatus: 'Active' }),
      lastUpdate: TIME,
    },
  };
  return [...reading(described), ...writing(described, CATALOG_SCHEMAS[name])];
});

const order: Described = {
  tag: 'TMF622',
  name: 'productOrder',
  path: CENTRAL_PATHS.productOrder,
  readers: EVERYONE,
  schema: productOrderSchema,
  example: {
    ...exampleAt(CENTRAL_PATHS.productOrder),
    state: 'acknowledged',
    orderDate: TIME,
    relatedParty: [{ id: '1000000001', role: 'customer', '@referredType': 'Customer' }],
    productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'internet.wide' }, state: 'acknowledged' }],
    '@type': 'ProductOrder',
  },
};

const cancellation: Described = {
  tag: 'TMF622',
  name: 'cancelProductOrder',
  path: CENTRAL_PATHS.cancelProductOrder,
  readers: ['operator', 'customer'],
  schema: cancelProductOrderSchema,
  example: {
    ...exampleAt(CENTRAL_PATHS.cancelProductOrder),
    state: 'done',
    productOrder: exampleAt(CENTRAL_PATHS.productOrder),
    effectiveCancellationDate: TIME,
  },
};

const product: Described = {
  tag: 'TMF637',
  name: 'product',
  path: CENTRAL_PATHS.product,
  readers: ['operator', 'customer'],
  schema: tmfProductSchema.extend(addressed),
  example: {
    ...exampleAt(CENTRAL_PATHS.product),
    status: 'active',
    billingAccount: { id: '1000000001' },
    productOffering: { id: 'internet.wide' },
    productPrice: [
      {
        ...{ priceType: 'recurring', recurringChargePeriod: 'month' },
        price: { taxIncludedAmount: { unit: 'JPY', value: 5060 } },
      },
    ],
    productCharacteristic: [{ name: 'priceGroup', value: 'internet' }],
    relatedParty: [{ id: '1000000001', role: 'customer' }],
  },
};

const customer: Described = {
  tag: 'TMF629',
  name: 'customer',
  path: CENTRAL_PATHS.customer,
  readers: ['operator', 'customer'],
  schema: tmfCustomerSchema.extend(addressed),
  example: {
    ...exampleAt(CENTRAL_PATHS.customer),
    name: 'Mihon Taro',
    engagedParty: { id: 'individual-1000000001', '@referredType': 'Individual' },
  },
};

const individual: Described = {
  tag: 'TMF632',
  name: 'individual',
  path: CENTRAL_PATHS.individual,
  readers: ['operator', 'customer'],
  schema: tmfIndividualSchema.extend(addressed),
  example: { ...exampleAt(CENTRAL_PATHS.individual), familyName: 'Mihon', givenName: 'Taro', status: 'validated' },
};

const organization: Described = {
  tag: 'TMF632',
  name: 'organization',
  path: CENTRAL_PATHS.organization,
  readers: ['operator'],
  schema: organizationSchema.extend(addressed),
  example: { ...exampleAt(CENTRAL_PATHS.organization), tradingName: 'Mihon Shoten', status: 'initialized' },
};

const identity: Described = {
  tag: 'TMF720',
  name: 'digitalIdentity',
  path: CENTRAL_PATHS.digitalIdentity,
  readers: ['operator', 'customer'],
  schema: tmfDigitalIdentitySchema.extend(addressed),
  example: { ...exampleAt(CENTRAL_PATHS.digitalIdentity), nickname: 'taro01', '@type': 'AccessAccount' },
};

const message: Described = {
  tag: 'TMF681',
  name: 'communicationMessage',
  path: CENTRAL_PATHS.communicationMessage,
  readers: ['operator', 'customer'],
  schema: tmfCommunicationMessageSchema,
  example: {
    ...exampleAt(CENTRAL_PATHS.communicationMessage),
    ...{ state: 'completed', messageType: 'Email', subject: '…', content: '…', sendTimeComplete: TIME },
    receiver: [{ id: '1000000001', email: 'taro@example.jp' }],
    characteristic: [{ name: 'language', value: 'ja' }],
  },
};

const interaction: Described = {
  tag: 'TMF683',
  name: 'partyInteraction',
  path: CENTRAL_PATHS.partyInteraction,
  readers: ['operator', 'staff'],
  schema: z.looseObject({ ...addressed, creationDate: z.string(), reason: z.string(), status: z.string() }),
  example: {
    ...exampleAt(CENTRAL_PATHS.partyInteraction),
    ...{ creationDate: TIME, reason: 'customer-signed-in', status: 'completed' },
  },
};

const usage: Described = {
  tag: 'TMF677',
  name: 'usageConsumptionReport',
  path: CENTRAL_PATHS.usageConsumptionReport,
  readers: ['operator', 'customer'],
  schema: usageConsumptionReportSchema.extend({ href: z.string() }),
  example: usageReportToTmf({
    productId: ID,
    customerNumber: '1000000004',
    href: exampleAt(CENTRAL_PATHS.usageConsumptionReport).href,
    effectiveAt: new Date(TIME),
    buckets: [{ kind: 'monthly', expiresOn: '2026-12-31', grantedMb: 3000, usedMb: 800 }],
  }),
};

const stock: Described = {
  tag: 'TMF687',
  name: 'productStock',
  path: CENTRAL_PATHS.productStock,
  readers: EVERYONE,
  schema: productStockSchema.extend({ href: z.string() }),
  example: stockToTmf(
    { id: ID, offering_id: 'mobile.wish-ivory', available: 12, updated_at: new Date(TIME) },
    exampleAt(CENTRAL_PATHS.productStock).href,
  ),
};

const payment: Described = {
  tag: 'TMF670',
  name: 'paymentMethod',
  path: CENTRAL_PATHS.paymentMethod,
  readers: ['operator', 'customer'],
  schema: paymentMethodSchema.extend({ href: z.string() }),
  example: paymentMethodToTmf(
    { id: ID, customer_number: '1000000001', kind: 'card', last_four: '1881', months_paid: 0 },
    exampleAt(CENTRAL_PATHS.paymentMethod).href,
  ),
};

export const TMF_OPERATIONS: readonly Operation[] = [
  ...catalog,
  ...reading(order),
  {
    ...{ method: 'POST', url: order.path, tag: order.tag, who: ['operator', 'terminal'] },
    summary: 'Sends an order; an application needs both headers, and externalId equal to the key',
    headers: [IDEMPOTENCY_KEY_HEADER, SUBMISSION_GRANT_HEADER],
    request: productOrderCreateSchema,
    response: { status: 201, schema: order.schema, example: order.example },
  },
  {
    ...{ method: 'PATCH', url: `${order.path}/:id`, tag: order.tag, who: ['operator'] },
    summary: 'Moves an order along its states, or changes description and note',
    request: orderPatchSchema,
    response: { status: 200, schema: order.schema, example: order.example },
  },
  {
    ...{
      method: 'POST',
      url: CENTRAL_PATHS.productOfferingQualification,
      tag: 'TMF679',
      who: ['operator', 'customer'],
    },
    summary: "Says which offerings can be had at the customer's address; answered at once and not kept",
    request: qualificationRequestSchema,
    response: {
      status: 201,
      schema: qualificationSchema.extend(addressed),
      example: {
        ...exampleAt(CENTRAL_PATHS.productOfferingQualification),
        state: 'done',
        productOfferingQualificationItem: [
          {
            ...{ id: '1', productOffering: { id: 'internet.wide' }, state: 'done' },
            qualificationItemResult: 'unqualified',
            eligibilityUnavailabilityReason: [{ code: 'not-at-address' }],
          },
        ],
      },
    },
  },
  ...reading(cancellation),
  {
    ...{ method: 'POST', url: cancellation.path, tag: cancellation.tag, who: ['operator'] },
    summary: 'Cancels an order, or has its cancellation assessed',
    request: cancelProductOrderCreateSchema,
    response: { status: 201, schema: cancellation.schema, example: cancellation.example },
  },
  ...reading(product),
  ...writing(product, recordedProductSchema),
  ...reading(customer),
  ...reading(individual),
  ...writing(individual, individualSchema),
  ...reading(organization),
  ...writing(organization, organizationSchema),
  ...reading(identity),
  ...reading(message),
  ...reading(interaction),
  ...reading(usage),
  ...reading(stock),
  ...writing(stock, writtenStockSchema),
  ...reading(payment),
];
