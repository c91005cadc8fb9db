import { generateKeyPairSync } from 'node:crypto';
import { v4, v7 } from 'uuid';
import type { EnqueueInput } from '../../electron/backend/outbox/outbox.ts';
import { buildProductOrder } from '../../shared/central-api/product-order.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import type { AcceptedTerms } from '../../shared/domain/terms.ts';
import { internetChangeCourse } from '../../shared/procedures/internet/change-course.ts';
import { contextOf, demoFacts, TODAY } from '../builders/demo.ts';

const PROCEDURE = internetChangeCourse;
const ANSWERS = { course: 'internet.plus', modem: 'modem.wifi', provision: 'purchase' };
export const CAPTURED_AT = Date.UTC(2026, 10, 24, 3);
export const TERMS: readonly AcceptedTerms[] = PROCEDURE.terms.map((id) => ({ id, version: '2026-10' }));
/** As long as a submission grant that central signs. */
const GRANT = 'g'.repeat(420);

/** Of central's size. */
const RESCUE_KEY = { id: 'rescue-1', publicKey: generateKeyPairSync('rsa', { modulusLength: 3072 }).publicKey };

export const QUOTE: Quote = quoteOf();

function quoteOf(): Quote {
  const quote = PROCEDURE.quote(contextOf(demoFacts(3)), ANSWERS);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return quote.value;
}

export interface BenchApplication {
  readonly input: EnqueueInput;
  /** What `freeze` made last: the body that goes to central. */
  body(): string;
}

/** A change of course, made ready as far as the desk has it when it calls the outbox; each of another customer. */
export function benchApplication(serial: number): BenchApplication {
  const applicationId = v7();
  const sessionId = v4();
  const customerNumber = String(2_000_000_000 + serial);
  let body = '';
  return {
    body: () => body,
    input: {
      applicationId,
      customerNumber,
      procedureId: PROCEDURE.id,
      terminalCode: 'T01',
      day: TODAY,
      capturedAt: CAPTURED_AT,
      grant: GRANT,
      quote: QUOTE,
      rescueKey: RESCUE_KEY,
      corrects: null,
      takenBy: { kind: 'customer' },
      freeze: (receiptNumber) => {
        body = JSON.stringify(
          buildProductOrder({
            applicationId,
            customerNumber,
            quote: QUOTE,
            application: {
              procedureId: PROCEDURE.id,
              answers: ANSWERS,
              language: 'ja',
              receiptNumber,
              terminalCode: 'T01',
              capturedAt: new Date(CAPTURED_AT).toISOString(),
              catalogVersion: QUOTE.catalogVersion,
              quoteKind: QUOTE.kind,
              terms: [...TERMS],
              attribution: { kind: 'customer', sessionId },
            },
          }),
        );
        return body;
      },
    },
  };
}
