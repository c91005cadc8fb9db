import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../shared/domain/language.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { passwordSlip } from '../../../shared/slips/password-slip.ts';
import { slipBlockSchema } from '../../../shared/slips/slip.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import { createEscPosPrinter, PRINTER_TIMINGS } from '../printing/escpos-printer.ts';
import { openTcp } from '../printing/tcp-link.ts';
import { secretTexts } from './secret-texts.ts';
import { drawHere } from '../testing/draw-here.ts';

const PASSWORD = 'B4eWmQ7XnA3d';

describe.each([48, 32] as const)('the slip of a password on %i columns', (columns) => {
  let printer: VirtualPrinter;
  beforeAll(async () => {
    const made = await createVirtualPrinter({ port: 0, columns, out: null, log: () => undefined });
    if (!made.ok) throw new Error(made.error);
    printer = made.value;
  });
  afterAll(() => printer.close());

  it.each(LANGUAGES)('%s', async (language) => {
    const slip = passwordSlip({
      account: { kind: 'access-account', login: 'a1000003@net.example.jp' },
      password: PASSWORD,
      reading: passwordReading(PASSWORD) ?? [],
      at: Date.parse('2026-11-18T12:00:00+09:00'),
      terminal: { code: 'T01', shopName: '髙島屋﨑𠮷前店', shopPhone: '0120-000-000', demo: true },
      language,
      t: secretTexts(language),
      ja: secretTexts('ja'),
    });
    for (const block of slip.blocks) slipBlockSchema.parse(block);
    const escPos = createEscPosPrinter({
      open: (deadlineMs) => openTcp('127.0.0.1', printer.port, deadlineMs),
      draw: drawHere,
      columns,
      timings: PRINTER_TIMINGS,
    });
    expect(await escPos.print(slip, language)).toEqual({ kind: 'printed' });
    expect(printer.errors).toEqual([]);
    const text = printer.receipts.at(-1)?.text ?? '';
    // Alone on its line, and on one line, whatever the paper.
    expect(text.split('\n').map((line) => line.trim())).toContain(PASSWORD);
    expect(text).not.toContain('?');
    if (language === 'ja' || language === 'en') {
      const underlined = [...text.matchAll(/\[underline\](.*?)\[\/underline\]/g)].map(([, word]) => word);
      // No word of the two languages is broken, on the narrow paper either.
      for (const whole of ['パスワードのお知らせ', 'アクセスアカウント']) expect(text).toContain(whole);
      expect(underlined).toEqual(['ビー', 'ダブリュー', 'キュー', 'エックス', 'エー']);
    }
  });
});
