import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RecordWish } from '../../../shared/central-api/record-changes.ts';
import { LANGUAGES } from '../../../shared/domain/language.ts';
import { recordSlip } from '../../../shared/slips/record-slip.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import { createEscPosPrinter, PRINTER_TIMINGS } from '../printing/escpos-printer.ts';
import { openTcp } from '../printing/tcp-link.ts';
import { drawHere } from '../testing/draw-here.ts';
import { recordTexts } from './record-texts.ts';

/** 30 characters: none too many for either paper, and too many to stand beside a label. */
const ADDRESS = 'takahashi.sakimo@example.co.jp';
/** Too long for the narrow paper. */
const ID = 'takahashi.sakimoto.yoshida@example.jp';
/** Each has a character that the printer's own set lacks. */
const NAME = '髙橋 﨑本 𠮷田';

const WISHES: readonly RecordWish[] = [
  { kind: 'id', loginId: ID, contact: 'id' },
  { kind: 'contact', daytimePhone: '09012345678', wantsNews: true, email: ADDRESS },
];

describe.each([48, 32] as const)('the slip of a changed record on %i columns', (columns) => {
  let printer: VirtualPrinter;
  beforeAll(async () => {
    const made = await createVirtualPrinter({ port: 0, columns, out: null, log: () => undefined });
    if (!made.ok) throw new Error(made.error);
    printer = made.value;
  });
  afterAll(() => printer.close());

  it.each(LANGUAGES)('%s', async (language) => {
    for (const wish of WISHES) {
      const slip = recordSlip({
        wish,
        contactEmail: ADDRESS,
        customerName: NAME,
        at: Date.parse('2026-11-18T12:00:00+09:00'),
        terminal: { code: 'T01', shopName: '髙島屋﨑𠮷前店', shopPhone: '0120-000-000', demo: true },
        language,
        t: recordTexts(language),
        ja: recordTexts('ja'),
      });
      const escPos = createEscPosPrinter({
        open: (deadlineMs) => openTcp('127.0.0.1', printer.port, deadlineMs),
        draw: drawHere,
        columns,
        timings: PRINTER_TIMINGS,
      });
      expect(await escPos.print(slip, language)).toEqual({ kind: 'printed' });
      expect(printer.errors).toEqual([]);
      const lines = (printer.receipts.at(-1)?.text ?? '').split('\n').map((line) => line.trim());
      expect(lines.join('\n')).not.toContain('?');
      // The name, and in Chinese and Korean more, is drawn: no line of it is missing.
      expect(lines.filter((line) => line.startsWith('[image ')).length).toBeGreaterThan(0);
      // Nothing of an address is broken off, on the narrow paper either.
      expect(lines.some((line) => line.endsWith(ADDRESS))).toBe(true);
      if (wish.kind === 'id' && columns === 48) expect(lines.some((line) => line.endsWith(ID))).toBe(true);
      if (wish.kind === 'id' && columns === 32) expect(lines).toContain('takahashi.sakimoto.yoshida');
      if (language === 'ja' || language === 'en') expect(lines.join('\n')).toContain('連絡先メールアドレス');
    }
  });
});
