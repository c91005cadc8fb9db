/** What the page's threads did since it was last asked for. */
export interface Watched {
  /** When the worker answered (ms), picture by picture. */
  readonly pictures: readonly (readonly number[])[];
  /** How long each task of the page's own thread took that took more than 50 ms. */
  readonly tasks: readonly number[];
  /** Why the last pictures weren't all taken; null: they were. */
  readonly failure: string | null;
}

/** What is photographed, in words that stand on the screen. */
export interface PictureScript {
  readonly documents: number;
  /** Of the page when it is over. */
  readonly title: string;
  readonly texts: Readonly<
    Record<'begin' | 'anew' | 'choose' | 'document' | 'agree' | 'use' | 'skip' | 'ready', string>
  > & {
    readonly sides: readonly string[];
  };
}

/** Runs in the page: from then on `takeWatched()` gives what was watched. */
export function watchThreads(): void;

/** Runs in the page: one document after the other. */
export function takePictures(script: PictureScript): Promise<void>;
