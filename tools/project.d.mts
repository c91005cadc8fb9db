export declare const root: string;
/** The first of these programs that the PATH holds, or undefined. */
export declare function findProgram(...names: readonly string[]): string | undefined;
