/** Words of demo, simulators and tools, each with what has it. None of them may be in the code of a release. */
export declare const NOT_IN_A_RELEASE: readonly (readonly [what: string, word: string])[];
