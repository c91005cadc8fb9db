import { useEffect, useRef } from 'react';

const LOOK_EVERY_MS = 2_000;

/**
 * Looks again and again how something stands, while a link that belongs to it may be opened elsewhere.
 * @param visit whose: another begins to be looked at anew
 * @param ask null: it isn't known now
 */
export function useProofWatch<State>(
  isAwaited: boolean,
  visit: object,
  ask: () => Promise<State | null>,
  onState: (state: State) => Promise<void> | void,
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
