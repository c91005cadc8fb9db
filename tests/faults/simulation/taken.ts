/** An application as the person at the terminal remembers it. */
export interface Taken {
  readonly id: string;
  readonly customerNumber: string;
  /** The number that was promised; null: nothing was. */
  receiptNumber: string | null;
  /** Digest of the body that was frozen with that promise. */
  digest: string | null;
  isWithdrawn: boolean;
  /** Damaged on this disk, so that the terminal can't send it. */
  isUnreadable: boolean;
  /** The application whose place it takes; null: none. */
  readonly corrects: string | null;
  /** Queued by an earlier version's program. */
  readonly isOld: boolean;
  /** Central is to accept it as it is, sooner or later, and not to hold it first. */
  readonly isPlain: boolean;
  /** Bytes of each picture that goes with it. */
  readonly pictures: readonly number[];
}

/** What must never be read on a disk or in a log. */
export const GRANT = 'grant-canary-7f3a';
export const NAME = '山田花子カナリア';
export const PICTURE = 'picture-canary-c41e';
