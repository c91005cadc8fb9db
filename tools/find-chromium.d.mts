/** The system's Chromium, or undefined where there is none. */
export declare function findChromium(): string | undefined;
