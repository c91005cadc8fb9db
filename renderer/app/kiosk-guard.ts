import { isBlockedKey } from '../../shared/kiosk/blocked-keys.ts';

const BACK_BUTTON = 3;
const FORWARD_BUTTON = 4;

/** Keeps keys, gestures and scripts inside the page, whichever shell is around it. Electron's shell does it once more. */
export function guardKiosk(): void {
  const always = { capture: true, passive: false };
  const prevent = (event: Event): void => event.preventDefault();
  for (const type of ['contextmenu', 'dragstart', 'dragover', 'drop']) addEventListener(type, prevent, always);
  addEventListener(
    'keydown',
    (event) => {
      const { key, ctrlKey, altKey, metaKey, shiftKey, isComposing } = event;
      if (isComposing) return;
      if (isBlockedKey({ key, control: ctrlKey, alt: altKey, meta: metaKey, shift: shiftKey })) event.preventDefault();
    },
    always,
  );
  addEventListener('wheel', (event) => (event.ctrlKey ? event.preventDefault() : undefined), always);
  addEventListener('touchmove', (event) => (event.touches.length > 1 ? event.preventDefault() : undefined), always);
  for (const type of ['mousedown', 'mouseup', 'auxclick'] as const) {
    addEventListener(
      type,
      (event) => (event.button === BACK_BUTTON || event.button === FORWARD_BUTTON ? event.preventDefault() : undefined),
      always,
    );
  }
  const nothing = (): void => undefined;
  // A dialog of the browser's own stands over the page and waits for ever.
  Object.assign(window, { print: nothing, alert: nothing, confirm: () => false, prompt: () => null });
}
