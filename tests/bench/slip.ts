import { setImmediate } from 'node:timers/promises';
import { slipTexts } from '../../electron/backend/applications/slip-texts.ts';
import { encodeSlip } from '../../electron/backend/printing/escpos-encoder.ts';
import type { Language } from '../../shared/domain/language.ts';
import { applicationSlip } from '../../shared/slips/application-slip.ts';
import type { Slip } from '../../shared/slips/slip.ts';
import { realCatalog } from '../builders/demo.ts';
import { CAPTURED_AT, QUOTE, TERMS } from './applications.ts';
import { type Figure, figureOf, median, type Round } from './figure.ts';

const ROUNDS = 9;
const SLIPS = 40;
const COLUMNS = 48;

/** As the desk composes it, against the bytes alone: Japanese in the printer's own type, Chinese drawn. */
export async function slipFigures(): Promise<Figure[]> {
  return [await slipFigure('ja', 'Japanese'), await slipFigure('zh', 'Chinese, drawn')];
}

async function slipFigure(language: Language, name: string): Promise<Figure> {
  const slip = compose(language);
  const whole = (): unknown => encodeSlip(compose(language), COLUMNS, language);
  const encoder = (): unknown => encodeSlip(slip, COLUMNS, language);
  round(whole, encoder);
  const rounds: Round[] = [];
  for (let at = 0; at < ROUNDS; at += 1) {
    rounds.push(round(whole, encoder));
    // What was drawn is given back only between two turns of the event loop: it would take gigabytes by the end.
    await setImmediate();
  }
  return figureOf(rounds, {
    id: `slip-${language}`,
    title: `slip, application → bytes ÷ the encoder alone (${name})`,
    unit: 'µs',
    limit: { kind: 'at-most', ratio: 1.5 },
    note: null,
  });
}

function compose(language: Language): Slip {
  return applicationSlip({
    procedureId: 'internet.change-course',
    receiptNumber: 'T01-261124-0001',
    state: 'accepted',
    capturedAt: CAPTURED_AT,
    quote: QUOTE,
    catalog: realCatalog,
    terms: TERMS.map(({ version }) => ({ title: 'サービス契約約款', version })),
    terminal: { code: 'T01', shopName: '見本ショップ', shopPhone: '0120-000-000', demo: true },
    reprint: null,
    language,
    t: slipTexts(language),
    ja: slipTexts('ja'),
  });
}

/** In turns, neither always behind the other; the middle one of each, in microseconds. */
function round(whole: () => unknown, encoder: () => unknown): Round {
  const measured: number[] = [];
  const reference: number[] = [];
  for (let at = 0; at < SLIPS; at += 2) {
    measured.push(milliseconds(whole));
    reference.push(milliseconds(encoder), milliseconds(encoder));
    measured.push(milliseconds(whole));
  }
  return { measured: 1000 * median(measured), reference: 1000 * median(reference) };
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
