import { useEffect, useReducer, useRef } from 'react';
import { type IdleEvent, type IdleState, type IdleTimes, idle, secondsLeft, watchFrom } from './idle.ts';

const TICK_MS = 250;

interface Idle {
  /** Seconds until the end while the warning stands, else null. */
  readonly warning: number | null;
  continue(): void;
}

/** Watches for signs of life. Time is the page's monotonic clock, so that a corrected wall clock ends nobody's session. */
export function useIdle(times: IdleTimes | null, onTouch: () => void, onEnd: () => void): Idle {
  const [state, dispatch] = useReducer(
    (now: IdleState, event: IdleEvent | { type: 'restarted'; at: number }) =>
      event.type === 'restarted' ? watchFrom(event.at) : times === null ? now : idle(times, now, event),
    undefined,
    () => watchFrom(performance.now()),
  );
  const [, repaint] = useReducer((count: number) => count + 1, 0);
  const isWatching = times !== null;
  const touched = useRef(onTouch);
  const ended = useRef(onEnd);
  useEffect(() => {
    touched.current = onTouch;
    ended.current = onEnd;
  });

  useEffect(() => {
    if (times === null) return undefined;
    dispatch({ type: 'restarted', at: performance.now() });
    const sign = () => {
      dispatch({ type: 'touched', at: performance.now() });
      touched.current();
    };
    const timer = setInterval(() => {
      dispatch({ type: 'ticked', at: performance.now() });
      repaint();
    }, TICK_MS);
    addEventListener('pointerdown', sign, { capture: true });
    addEventListener('keydown', sign, { capture: true });
    addEventListener('wheel', sign, { capture: true, passive: true });
    return () => {
      clearInterval(timer);
      removeEventListener('pointerdown', sign, { capture: true });
      removeEventListener('keydown', sign, { capture: true });
      removeEventListener('wheel', sign, { capture: true });
    };
    // Other times begin anew: what changed them is a sign of life too.
  }, [times]);

  useEffect(() => {
    if (isWatching && state.kind === 'ended') ended.current();
  }, [isWatching, state]);

  return {
    warning: isWatching && state.kind === 'warning' ? secondsLeft(state.endsAt, performance.now()) : null,
    continue: () => dispatch({ type: 'continued', at: performance.now() }),
  };
}
