import type { Event, WebContents } from 'electron';
import { isBlockedKey } from '../../shared/kiosk/blocked-keys.ts';
import type { Logger } from '../backend/log/logger.ts';
import { isPageAddress } from './page-address.ts';

/** Keeps whatever shows a page at that page: no other address, no other window, no key or gesture out of it. */
export function lockContents(contents: WebContents, log: Logger): void {
  const stay = (event: Event & { readonly url: string }): void => {
    if (isPageAddress(event.url)) return;
    event.preventDefault();
    log.warn({ code: 'navigation-refused' }, 'page');
  };
  contents.on('will-navigate', stay);
  contents.on('will-frame-navigate', stay);
  contents.on('will-redirect', stay);
  contents.setWindowOpenHandler(() => {
    log.warn({ code: 'window-refused' }, 'page');
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  // Prevented, a page's wish to stay on is not heard.
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  contents.on('before-input-event', (event, input) => {
    if (!input.isComposing && isBlockedKey(input)) event.preventDefault();
  });
  contents.on('zoom-changed', () => contents.setZoomLevel(0));
  contents.on('did-finish-load', () => {
    // A page that is gone again by then has nothing to zoom.
    contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined);
  });
}
