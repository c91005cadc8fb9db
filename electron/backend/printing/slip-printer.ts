import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { printerStatusSchema } from '../../../shared/contract/events.ts';
import type { Language } from '../../../shared/domain/language.ts';
import type { Slip } from '../../../shared/slips/slip.ts';
import type { z } from 'zod';

export type PrinterStatus = z.infer<typeof printerStatusSchema>;

/** Whatever puts a slip on paper. Jobs wait for one another; none is ever repeated by the printer itself. */
export interface SlipPrinter {
  /** The language picks the letter forms of Chinese characters and how the text is folded. */
  print(slip: Slip, language: Language): Promise<PrintOutcome>;
  status(): Promise<PrinterStatus>;
}
