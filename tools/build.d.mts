export declare function build(): Promise<void>;
/** Where the build leaves a program's entry. */
export declare function builtProgram(name: 'central' | 'terminal' | 'virtual-printer'): string;
