import { cantHappen } from '../../shared/domain/cant-happen.ts';

/** Milliseconds on a clock that only runs forward. */
export interface IdleTimes {
  readonly warnAfterMs: number;
  readonly warningMs: number;
}

/** p.15: for so long a mail may be under way, as the customer is told. */
export const MAIL_WAIT_MS = 5 * 60_000;

/** Whoever waits for a mail, or for their phone, is given a mail's time first, then as much as everybody else. */
export function idleTimes(
  settings: { readonly warnAfterSeconds: number; readonly warningSeconds: number },
  isAwaited: boolean,
): IdleTimes {
  return {
    warnAfterMs: settings.warnAfterSeconds * 1000 + (isAwaited ? MAIL_WAIT_MS : 0),
    warningMs: settings.warningSeconds * 1000,
  };
}

/** Where nobody is warned: the warning's time as well, and a touch counts in all of it. */
export function unwarned({ warnAfterMs, warningMs }: IdleTimes): IdleTimes {
  return { warnAfterMs: warnAfterMs + warningMs, warningMs: 0 };
}

export type IdleState =
  | { readonly kind: 'watching'; readonly touchedAt: number }
  | { readonly kind: 'warning'; readonly endsAt: number }
  | { readonly kind: 'ended' };

export type IdleEvent =
  /** The customer did something. Doesn't count while the warning stands: that asks for an answer. */
  | { readonly type: 'touched'; readonly at: number }
  | { readonly type: 'ticked'; readonly at: number }
  | { readonly type: 'continued'; readonly at: number };

export function watchFrom(at: number): IdleState {
  return { kind: 'watching', touchedAt: at };
}

export function idle(times: IdleTimes, state: IdleState, event: IdleEvent): IdleState {
  switch (state.kind) {
    case 'watching': {
      if (event.type !== 'ticked') return watchFrom(event.at);
      const warnAt = state.touchedAt + times.warnAfterMs;
      // Counts from now, not from when it was due: after a suspended page the whole warning is still seen.
      return event.at < warnAt ? state : { kind: 'warning', endsAt: event.at + times.warningMs };
    }
    case 'warning':
      if (event.type === 'continued') return watchFrom(event.at);
      if (event.type === 'touched') return state;
      return event.at < state.endsAt ? state : { kind: 'ended' };
    case 'ended':
      return state;
    default:
      return cantHappen(state);
  }
}

export function secondsLeft(endsAt: number, at: number): number {
  return Math.max(0, Math.ceil((endsAt - at) / 1000));
}
