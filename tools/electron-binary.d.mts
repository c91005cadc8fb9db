/** Electron's own binary, where its package has one and it can run the terminal; undefined otherwise. */
export declare function findElectron(folder?: string): string | undefined;
