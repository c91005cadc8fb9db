import { z } from 'zod';
import { type ProductOrderCreate, productOrderCreateSchema } from '../../../shared/central-api/product-order.ts';
import { quoteSchema } from '../../../shared/domain/quote.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';

/** What is encrypted of an application. */
const payloadSchema = z.strictObject({
  format: z.literal(1),
  customerNumber: z.string(),
  /** The request's body, frozen when the customer applied: sent as these very bytes, whatever program sends them. */
  body: z.string(),
  /** Authorises the sending, also after the session. */
  grant: z.string(),
  /** What a slip shows beyond the body. */
  quote: quoteSchema,
});
export type Payload = z.infer<typeof payloadSchema>;

/** Of it, what sending takes: what only a slip shows must not keep an application here. */
const sendableSchema = payloadSchema.pick({ format: true, body: true, grant: true });
export type Sendable = Pick<Payload, 'body' | 'grant'>;

export const parsePayload = (bytes: Buffer): Result<Payload, 'unreadable'> => parse(payloadSchema, bytes);

export const parseSendable = (bytes: Buffer): Result<Sendable, 'unreadable'> => parse(sendableSchema, bytes);

function parse<T>(schema: z.ZodType<T>, bytes: Buffer): Result<T, 'unreadable'> {
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8'));
  } catch {
    return err('unreadable');
  }
  const parsed = tolerant(schema).safeParse(json);
  return parsed.success ? ok(parsed.data) : err('unreadable');
}

/** What is ordered by it. */
export const readBody = (body: string): ProductOrderCreate =>
  tolerant(productOrderCreateSchema).parse(JSON.parse(body));
