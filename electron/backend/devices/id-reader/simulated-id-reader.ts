import { z } from 'zod';
import { PIN_TRIES, type ReadProblem } from '../../../../shared/contract/chip.ts';
import { chipSaysSchema, identityDocumentSchema } from '../../../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../../../shared/domain/result.ts';
import type { IdReader } from './id-reader.ts';

/** A document as its chip has it, marked 見本. */
export const sampleCardSchema = z.strictObject({
  document: identityDocumentSchema,
  pin: z.string().regex(/^\d{4}$/),
  says: chipSaysSchema,
  /** Its chip gives no answer that can be read. */
  isDamaged: z.boolean().default(false),
});
export type SampleCard = z.infer<typeof sampleCardSchema>;

export interface SimulatedIdReader extends IdReader {
  plug(isPluggedIn: boolean): void;
  /** null: nothing lies there any more. */
  lay(card: SampleCard | null): void;
}

/** The word that `npm run package` looks for: no release holds this. */
const MARK = 'simulated-id-reader';

/** @param reading ends when the chip has been read, which takes a moment */
export function createSimulatedIdReader(reading: () => Promise<void>): SimulatedIdReader {
  let isPluggedIn = true;
  let lying: SampleCard | null = null;
  const wrongTries = new Map<SampleCard, number>();
  const listeners = new Set<() => void>();

  async function read(...[document, pin]: Parameters<IdReader['read']>): ReturnType<IdReader['read']> {
    const card = lying;
    const obstacle = obstacleTo(card, document);
    if (obstacle !== null || card === null) return err(obstacle ?? { kind: 'no-card' });
    await reading();
    if (!isPluggedIn) return err({ kind: 'no-reader' });
    if (lying !== card) return err({ kind: 'removed' });
    return card.isDamaged ? err({ kind: 'unreadable' }) : says(card, pin);
  }

  function obstacleTo(card: SampleCard | null, document: string): ReadProblem | null {
    if (!isPluggedIn) return { kind: 'no-reader' };
    if (card === null) return { kind: 'no-card' };
    return card.document === document ? null : { kind: 'other-card' };
  }

  function says(card: SampleCard, pin: string): Result<SampleCard['says'], ReadProblem> {
    const wrong = wrongTries.get(card) ?? 0;
    if (wrong >= PIN_TRIES) return err({ kind: 'locked' });
    if (card.pin === pin) {
      wrongTries.delete(card);
      return ok(card.says);
    }
    wrongTries.set(card, wrong + 1);
    const triesLeft = PIN_TRIES - wrong - 1;
    return err(triesLeft === 0 ? { kind: 'locked' } : { kind: 'wrong-pin', triesLeft });
  }

  process.stderr.write(`${MARK}: no real document is read\n`);
  return {
    isSimulated: true,
    isPluggedIn: () => isPluggedIn,
    read,
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    plug: (next) => {
      isPluggedIn = next;
      for (const listener of listeners) listener();
    },
    lay: (card) => {
      lying = card;
    },
  };
}
