import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApplicationState } from '../../../shared/contract/events.ts';
import { catalogSchema } from '../../../shared/domain/catalog.ts';
import { type Language, LANGUAGES } from '../../../shared/domain/language.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { applicationSlip } from '../../../shared/slips/application-slip.ts';
import { slipBlockSchema } from '../../../shared/slips/slip.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { slipTexts } from './slip-texts.ts';

const catalog = catalogSchema.parse(JSON.parse(readFileSync(join(RESOURCES_DIR, 'catalog/catalog.json'), 'utf8')));
const courses = catalog.offerings.filter((offering) => offering.type === 'internet-course');
const line = {
  key: 'c3-net',
  group: 'internet' as const,
  before: { offeringId: courses[0]?.id ?? '', yen: 1_870, provision: null },
  after: { offeringId: courses[1]?.id ?? '', yen: 6_600, provision: null },
};
const common = {
  catalogVersion: catalog.version,
  once: [
    { id: 'two-year-fee' as const, yen: 6_600, sample: false },
    { id: 'modem-purchase' as const, yen: 11_000, sample: true },
  ],
  feeStart: 'month-after-completion' as const,
  notices: [{ id: 'two-year-fee' as const, yen: 6_600 }, { id: 'ip-type-kept' as const }],
};
const total: Quote = {
  kind: 'total',
  currentTotalYen: 8_657,
  newTotalYen: 13_387,
  groups: [{ group: 'internet', beforeYen: 1_870, afterYen: 6_600, lines: [line] }],
  ...common,
};
const later: Quote = {
  kind: 'later',
  reason: 'bundle-recomposed',
  currentTotalYen: 14_843,
  knownLines: [line],
  ...common,
};

function slipText(
  language: Language,
  given: { state?: ApplicationState; quote?: Quote; reprint?: { number: number; at: number } } = {},
): string {
  const slip = applicationSlip({
    procedureId: 'internet.change-course',
    receiptNumber: 'T01-261124-0007-K',
    state: given.state ?? 'accepted',
    capturedAt: Date.UTC(2026, 10, 24, 15, 30),
    quote: given.quote ?? total,
    catalog,
    terms: [{ title: 'T', version: '1' }],
    terminal: { code: 'T01', shopName: '見本ショップ', shopPhone: '0120-000-000', demo: true },
    reprint: given.reprint ?? null,
    language,
    t: slipTexts(language),
    ja: slipTexts('ja'),
  });
  for (const block of slip.blocks) expect(slipBlockSchema.safeParse(block).success, JSON.stringify(block)).toBe(true);
  return slip.blocks.map((block) => Object.values(block).join(' ')).join('\n');
}

describe.each(LANGUAGES)('a slip in %s', (language) => {
  it.each(['accepted', 'queued', 'sending', 'held', 'rejected'] as const)('has every text when %s', (state) => {
    const text = slipText(language, { state });
    expect(text).not.toMatch(/\b(slips|prices|notices|procedures):|\{\{|undefined/);
    expect(text).toContain('T01-261124-0007-K');
    expect(text).toContain('13,387');
    expect(text).toContain('0120-000-000');
  });

  it('gives the time of day in Tokyo', () => {
    expect(slipText(language)).toContain('2026-11-25 00:30');
  });

  it('can be read by the shop: Japanese stands beside the title and the procedure', () => {
    expect(slipText(language)).toContain('お申込み控え');
    expect(slipText(language)).toContain('インターネットのコース変更');
  });

  it('invents no total where it will be told later', () => {
    const text = slipText(language, { quote: later });
    expect(text).toContain('14,843');
    expect(text).not.toContain('13,387');
  });
});

it.each(LANGUAGES)('is marked in %s when it is printed again, with which time and when', (language) => {
  const text = slipText(language, { reprint: { number: 2, at: Date.UTC(2026, 10, 25, 1) } });
  expect(text).toContain('stamp 再発行');
  expect(text).toMatch(/2.*2026-11-25 10:00/);
  expect(slipText(language)).not.toContain('再発行');
});

it('is marked as provisional only until central has answered', () => {
  expect(slipText('ja', { state: 'queued' })).toContain('仮受付');
  expect(slipText('ja', { state: 'sending' })).toContain('仮受付');
  expect(slipText('ja', { state: 'accepted' })).not.toContain('仮受付');
  expect(slipText('ja', { state: 'held' })).toContain('確認中');
});
