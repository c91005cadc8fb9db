import type { PrintOutcome } from '../../shared/contract/printing.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Text } from '../app/i18n.ts';

export interface PrintFinding {
  readonly tone: 'info' | 'attention' | 'error';
  readonly title: string;
  /** What to do at the printer. */
  readonly help: string | null;
}

/**
 * @param key of the texts that say what became of this paper, one for each kind of outcome
 * @param number which print of it this was, where the texts tell
 */
export function printFinding(t: Text, key: string, outcome: PrintOutcome, number?: number): PrintFinding {
  const title = t(`${key}.${outcome.kind}`, { number });
  switch (outcome.kind) {
    case 'printed':
      return { tone: 'info', title, help: null };
    case 'no-status':
    case 'unknown':
      return { tone: 'attention', title, help: null };
    case 'refused':
    case 'failed':
      return { tone: 'error', title, help: t(`devices:printer.trouble.${outcome.reason}`) };
    default:
      return cantHappen(outcome);
  }
}
