import type { ReadProblem } from '../../../../shared/contract/chip.ts';
import type { ChipSays, IdentityDocument } from '../../../../shared/domain/identity-policy.ts';
import { err, type Result } from '../../../../shared/domain/result.ts';

/** Reads what the chip of an identity document says of its holder. A PC/SC reader takes the simulator's place. */
export interface IdReader {
  /** What it reads are samples: the screen says so, and so does the record. */
  readonly isSimulated: boolean;
  isPluggedIn(): boolean;
  /** @param pin four digits; the chip counts how often it is wrong */
  read(document: IdentityDocument, pin: string): Promise<Result<ChipSays, ReadProblem>>;
  /** It was plugged in or out. */
  onChange(listener: () => void): () => void;
}

/** Of a terminal that has none. */
export const noIdReader: IdReader = {
  isSimulated: false,
  isPluggedIn: () => false,
  read: () => Promise.resolve(err({ kind: 'no-reader' })),
  onChange: () => () => undefined,
};
