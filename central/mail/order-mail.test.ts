import { describe, expect, it } from 'vitest';
import { buildProductOrder, orderStateSchema } from '../../shared/central-api/product-order.ts';
import { stateReasonSchema } from '../../shared/contract/events.ts';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { quoteSchema } from '../../shared/domain/quote.ts';
import { internetChangeCourse } from '../../shared/procedures/internet/change-course.ts';
import { contextOf, demoFacts, realCatalog } from '../../tests/builders/demo.ts';
import { expectOk } from '../testing/test-central.ts';
import { orderMail, type OrderMailInput } from './order-mail.ts';
import { newsOf, orderNewsSchema } from './order-news.ts';

const NEWS = orderNewsSchema.options;
const CAPTURED_AT = '2026-11-24T03:00:00.000Z';

describe('the text of a mail', () => {
  const answers = { course: 'internet.wide', modem: 'modem.wifi', provision: 'rental' };
  const quote = expectOk(internetChangeCourse.quote(contextOf(demoFacts(3)), answers));
  const application: OrderMailInput['application'] = {
    procedureId: 'internet.change-course',
    answers,
    language: 'ja',
    receiptNumber: 'T01-261124-0001-X',
    terminalCode: 'T01',
    capturedAt: CAPTURED_AT,
    catalogVersion: realCatalog.version,
    quoteKind: 'later',
    terms: [],
    attribution: { kind: 'customer', sessionId: '00000000-0000-4000-8000-000000000000' },
  };
  const input: OrderMailInput = {
    news: 'accepted',
    order: buildProductOrder({ applicationId: 'a', customerNumber: '1000000003', quote, application }),
    application,
    quote: quoteSchema.parse({
      kind: 'later',
      reason: 'contracts-unknown',
      currentTotalYen: 8657,
      knownLines: [],
      catalogVersion: realCatalog.version,
      once: [
        { id: 'two-year-fee', yen: 1870, sample: false },
        { id: 'modem-purchase', yen: 9900, sample: true },
      ],
      feeStart: 'month-after-completion',
      notices: [{ id: 'two-year-fee', yen: 1870 }, { id: 'bundle-recomposed' }, { id: 'ip-type-kept' }],
    }),
    replacedNumber: null,
    heldReason: null,
    failedItems: new Set(),
    completedAt: null,
    customerName: '見本 <花子> & co',
    catalog: realCatalog,
    shop: { name: 'デモショップ', phone: '03-0000-0001' },
    demo: true,
  };

  const textIn = (language: (typeof LANGUAGES)[number], changes: Partial<OrderMailInput>) =>
    orderMail({ ...input, ...changes, application: { ...input.application, language } });

  it.each(LANGUAGES)('is whole in %s for every piece of news and every reason', (language) => {
    const texts = [
      ...NEWS.map((news) => textIn(language, { news })),
      ...stateReasonSchema.options.map((heldReason) => textIn(language, { news: 'held', heldReason })),
      textIn(language, { news: 'completed', completedAt: Date.parse(CAPTURED_AT) }),
      textIn(language, { news: 'accepted', quote: null, shop: null, demo: false }),
      textIn(language, { news: 'held', replacedNumber: 'T01-261124-0002-Y' }),
    ];
    for (const { subject, body } of texts) {
      expect(subject).toContain(input.application.receiptNumber);
      expect(body).toContain(input.application.receiptNumber);
      expect(body).toContain('見本 <花子> & co');
      // A missing text shows its key, a missing value its braces.
      expect(`${subject}\n${body}`).not.toMatch(
        /\{\{|\}\}|undefined|null|(mails|slips|prices|notices|procedures):|\w+\.\w+\.\w/,
      );
    }
    expect(new Set(texts.slice(0, NEWS.length).map(({ subject }) => subject)).size).toBe(NEWS.length);
  });

  it('marks a demo and names the shop to call', () => {
    expect(textIn('en', {}).body).toMatch(/^\[SAMPLE \(DEMO\)\]/);
    expect(textIn('en', { demo: false }).body).toMatch(/^Dear 見本/);
    expect(textIn('en', {}).body).toContain('デモショップ: 03-0000-0001');
    expect(textIn('en', { shop: null }).body).toContain('Please ask at the shop where you applied');
  });

  it('marks what was not carried out of an order that was in part', () => {
    const [first, ...others] = input.order.productOrderItem;
    if (first === undefined || others.length === 0) throw new Error('one item alone');
    const { body } = textIn('en', { news: 'partial', failedItems: new Set([first.id]) });
    expect(body.match(/\(could not be completed\)/g)).toHaveLength(1);
    expect(textIn('en', {}).body).not.toContain('could not be completed');
  });

  it('says nothing of prices and conditions where nothing comes of it', () => {
    for (const news of ['rejected', 'cancelled', 'partial', 'failed'] as const) {
      expect(textIn('en', { news }).body).not.toMatch(/Monthly total|Please note/);
    }
  });
});

it.each(orderStateSchema.options)('%s is news once', (state) => {
  for (const before of [null, ...NEWS]) {
    const news = newsOf(state, before);
    if (news !== null && before !== null && !['held', 'released'].includes(before)) continue;
    if (news !== null && ['accepted', 'held', 'released'].includes(news)) expect(newsOf(state, news)).toBeNull();
  }
});

it('confirms every accepted application: at once, or when what it was held for is settled', () => {
  expect(newsOf('acknowledged', null)).toBe('accepted');
  expect(newsOf('inProgress', 'accepted')).toBeNull();
  expect(newsOf('held', 'accepted')).toBe('held');
  expect(newsOf('assessingCancellation', 'held')).toBeNull();
  expect(newsOf('inProgress', 'held')).toBe('released');
  expect(newsOf('held', 'released')).toBe('held');
});
