import { useEffect, useRef } from 'react';

interface CodeState {
  readonly state: 'waiting' | 'proved' | 'over';
  readonly triesLeft: number;
}

const LOOK_EVERY_MS = 2_000;

/**
 * Looks again and again how a code stands, while the link that was mailed with it may be opened elsewhere.
 * @param visit whose code: another begins to be looked at anew
 * @param ask null: it isn't known now
 */
export function useProofWatch(
  isAwaited: boolean,
  visit: object,
  ask: () => Promise<CodeState | null>,
  onState: (state: CodeState) => Promise<void> | void,
): void {
  const latest = useRef({ ask, onState });
  useEffect(() => {
    latest.current = { ask, onState };
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another visit ends the looking at the one before
  useEffect(() => {
    if (!isAwaited) return undefined;
    let isWanted = true;
    // A function, since it may have changed while something was awaited.
    const isOver = () => !isWanted;
    const look = async (): Promise<void> => {
      while (!isOver()) {
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
        const state = isOver() ? null : await latest.current.ask();
        if (!isOver() && state !== null) await latest.current.onState(state);
      }
    };
    void look();
    return () => {
      isWanted = false;
    };
  }, [isAwaited, visit]);
}
