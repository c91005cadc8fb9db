/** Lays a folder out as Electron's download is, and gives it back. */
export declare function makeDist(folder: string): string;
