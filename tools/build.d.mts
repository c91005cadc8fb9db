export declare function build(): Promise<void>;
/** Where the build leaves the entry of a program that Node runs. */
export declare function builtProgram(name: 'central' | 'terminal' | 'terminal-with-dock' | 'virtual-printer'): string;
