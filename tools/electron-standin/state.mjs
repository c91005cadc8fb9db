/** What the parts of the one running app share. */
export const state = {
  ready: false,
  /** The Chromium of this run, once it is started. */
  chromium: undefined,
  /** Every BrowserWindow that isn't closed, oldest first. */
  windows: new Set(),
  applicationMenu: 'default',
  /** `app.enableSandbox()`: whatever a window's own preferences say. */
  sandboxForced: false,
};

/** A window opens as large as this. The screen of a kiosk. */
export const SCREEN = { width: 1080, height: 1920 };
