import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { customerFromTmf, tmfCustomerSchema, tmfIndividualSchema } from '../../shared/central-api/party.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  catalogFromTmf,
  tmfCatalogSchema,
  tmfProductOfferingPriceSchema,
  tmfProductOfferingSchema,
} from '../../shared/central-api/product-catalog.ts';
import { contractFromTmf, tmfProductSchema } from '../../shared/central-api/product-inventory.ts';
import {
  type ApplicationExtension,
  type Attribution,
  buildProductOrder,
  type ProductOrderCreate,
} from '../../shared/central-api/product-order.ts';
import { type SignInResponse, signInResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { businessDate } from '../../shared/domain/business-time.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import type { Contract, Customer, CustomerFacts } from '../../shared/domain/contract.ts';
import type { Language } from '../../shared/domain/language.ts';
import { formatReceiptNumber } from '../../shared/domain/receipt-number.ts';
import { timesAt } from '../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { expectOk } from './test-central.ts';
import { terminalToken } from './test-terminal.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  json(): unknown;
}

export interface Call {
  readonly token?: string;
  readonly method?: string;
  readonly headers?: Record<string, string>;
  /** A string goes out as it is, anything else as JSON. */
  readonly body?: unknown;
}

export async function call(url: string, { token, method, headers = {}, body }: Call = {}): Promise<Answer> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? 'GET' : 'POST'),
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: (): unknown => JSON.parse(text) };
}

export interface Session extends SignInResponse {
  readonly sessionId: string;
  readonly terminalToken: string;
}

export async function signIn(url: string, loginId: string, password = 'Counter2026'): Promise<Session> {
  const token = await terminalToken(url);
  const sessionId = randomUUID();
  const answer = await call(`${url}${CENTRAL_PATHS.signIn}`, { token, body: { loginId, password, sessionId } });
  expect(answer.status, answer.text).toBe(200);
  return { ...signInResponseSchema.parse(answer.json()), sessionId, terminalToken: token };
}

export async function readCatalog(url: string, token: string): Promise<Catalog> {
  const list = async <T>(path: string, schema: z.ZodType<T>): Promise<T[]> =>
    z.array(schema).parse((await call(`${url}${path}?limit=1000`, { token })).json());
  const [catalog] = await list(CENTRAL_PATHS.catalog, tmfCatalogSchema);
  return expectOk(
    catalogFromTmf(
      catalog?.version ?? '',
      await list(CENTRAL_PATHS.productOffering, tmfProductOfferingSchema),
      await list(CENTRAL_PATHS.productOfferingPrice, tmfProductOfferingPriceSchema),
    ),
  );
}

export async function readCustomer(
  url: string,
  session: Session,
  catalog: Catalog,
): Promise<{ customer: Customer; contracts: Contract[] }> {
  const token = session.accessToken;
  const get = async (path: string): Promise<unknown> => (await call(`${url}${path}`, { token })).json();
  const customer = tmfCustomerSchema.parse(await get(`${CENTRAL_PATHS.customer}/${session.customerNumber}`));
  const individual = tmfIndividualSchema.parse(await get(`${CENTRAL_PATHS.individual}/${customer.engagedParty.id}`));
  const products = z.array(tmfProductSchema).parse(await get(CENTRAL_PATHS.product));
  return {
    customer: customerFromTmf(customer, individual),
    contracts: products.flatMap((product) => contractFromTmf(product, catalog, () => false) ?? []),
  };
}

let counter = 0;

/** The order that a terminal would freeze and send for these answers. */
export async function orderFor(
  url: string,
  session: Session,
  procedureId: ProcedureId,
  answers: Record<string, string>,
  capturedAt: number,
  language: Language = 'ja',
): Promise<FrozenOrder> {
  const catalog = await readCatalog(url, session.accessToken);
  const { customer, contracts } = await readCustomer(url, session, catalog);
  return freezeOrder({
    catalog,
    facts: { kind: 'known', customer, contracts },
    procedureId,
    answers,
    capturedAt,
    language,
    attribution: { kind: 'customer', sessionId: session.sessionId },
  });
}

export type FrozenOrder = ProductOrderCreate & {
  readonly externalId: string;
  readonly application: ApplicationExtension;
};

export async function freezeOrder(input: {
  readonly catalog: Catalog;
  readonly facts: CustomerFacts;
  readonly procedureId: ProcedureId;
  readonly answers: Record<string, string>;
  /** Epoch ms. */
  readonly capturedAt: number;
  readonly language?: Language;
  readonly attribution: Attribution;
}): Promise<FrozenOrder> {
  const { catalog, facts, procedureId, answers, capturedAt, language = 'ja', attribution } = input;
  const procedure = await loadProcedure(procedureId);
  const today = businessDate(capturedAt);
  const context = { catalog, facts, ...timesAt(capturedAt) };
  const quote = expectOk(procedure.quote(context, answers));
  counter += 1;
  const applicationId = uuidv7();
  const application: ApplicationExtension = {
    procedureId,
    answers,
    language,
    receiptNumber: formatReceiptNumber('T01', today, counter),
    terminalCode: 'T01',
    capturedAt: new Date(capturedAt).toISOString(),
    catalogVersion: catalog.version,
    quoteKind: quote.kind,
    terms: procedure.termsFor(context, answers).map((id) => ({ id, version: '1' })),
    attribution,
  };
  const customerNumber = facts.kind === 'known' ? facts.customer.number : facts.customerNumber;
  const order = buildProductOrder({ applicationId, customerNumber, quote, application });
  return { ...order, externalId: applicationId, application };
}

/** The same order with another price somewhere, as the customer might have seen it from an older catalog. */
export function repriced(order: { readonly externalId: string }, from: number, to: number): { externalId: string } {
  const text = JSON.stringify(order).replace(`"value":${from}`, `"value":${to}`);
  return z.looseObject({ externalId: z.string() }).parse(JSON.parse(text));
}

export function postOrder(
  url: string,
  session: Session,
  order: { readonly externalId: string; readonly [attribute: string]: unknown },
  headers: Record<string, string> = {},
): Promise<Answer> {
  return sendOrder(url, session.terminalToken, session.submissionGrant, order, headers);
}

export function sendOrder(
  url: string,
  token: string,
  grant: string,
  order: { readonly externalId: string; readonly [attribute: string]: unknown },
  headers: Record<string, string> = {},
): Promise<Answer> {
  return call(`${url}${CENTRAL_PATHS.productOrder}`, {
    token,
    headers: { 'idempotency-key': order.externalId, 'submission-grant': grant, ...headers },
    body: order,
  });
}
