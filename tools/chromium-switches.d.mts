/** A Chromium that has no address bar to load, as Electron has none. */
export declare const noAddressBar: string;
/** For a Chromium under Playwright. */
export declare const testSwitches: readonly string[];
