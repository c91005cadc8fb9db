import type { PrintOutcome } from '../../../shared/contract/printing.ts';

export type Trouble = Extract<PrintOutcome, { kind: 'refused' }>['reason'];

/** DLE EOT n. */
export type StatusQuestion = 1 | 2 | 3 | 4;
export const statusRequest = (question: StatusQuestion): Buffer => Buffer.from([0x10, 0x04, question]);

/** GS r 1: unlike DLE EOT it is answered in its turn, when everything before it has been printed. */
export const COMPLETION_MARK = Buffer.from([0x1d, 0x72, 0x01]);

/** Both kinds of replies are one byte with fixed bits; anything else (XON/XOFF, automatic status) isn't for us. */
export const isStatusReply = (byte: number): boolean => (byte & 0x93) === 0x12;
export const isMarkReply = (byte: number): boolean => (byte & 0x90) === 0;
export const saysPaperEnd = (markReply: number): boolean => (markReply & 0x0c) === 0x0c;

/** What a reply to DLE EOT says is wrong, the likeliest cause first. */
export function troubleIn(question: StatusQuestion, reply: number): Trouble | null {
  switch (question) {
    case 1:
      return (reply & 0x08) !== 0 ? 'offline' : null;
    case 2:
      if ((reply & 0x04) !== 0) return 'cover-open';
      if ((reply & 0x20) !== 0) return 'paper-out';
      return (reply & 0x40) !== 0 ? 'error' : null;
    case 3:
      return (reply & 0x68) !== 0 ? 'error' : null;
    case 4:
      return (reply & 0x60) !== 0 ? 'paper-out' : null;
  }
}

export const saysPaperLow = (reply: number): boolean => (reply & 0x0c) !== 0;
