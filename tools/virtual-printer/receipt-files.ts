import { accessSync, constants, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok } from '../../shared/domain/result.ts';
import type { Result } from '../../shared/domain/result.ts';

export interface ReceiptFiles {
  /** The number after the highest that is there. */
  nextNumber(): number;
  write(number: number, text: string, picture: Buffer): void;
  /** A job that could not be read: `NNN.ERROR.txt` in place of a receipt. */
  writeError(number: number, text: string): void;
}

export function openReceiptFiles(folder: string): Result<ReceiptFiles, 'out-not-writable'> {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    return err('out-not-writable');
  }
  const path = (number: number, ending: string): string => join(folder, `${String(number).padStart(3, '0')}${ending}`);
  return ok({
    nextNumber: () => {
      const numbers = readdirSync(folder).map((name) => Number(/^(\d{3,})\./.exec(name)?.[1] ?? 0));
      return Math.max(0, ...numbers) + 1;
    },
    write: (number, text, picture) => {
      // The text last: who waits for it finds the picture there too.
      writeFileSync(path(number, '.png'), picture);
      writeFileSync(path(number, '.txt'), text, 'utf8');
    },
    writeError: (number, text) => writeFileSync(path(number, '.ERROR.txt'), `${text}\n`, 'utf8'),
  });
}
