export interface ProgramEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** The last line on its stderr: the reason, when it ended by itself. */
  readonly lastLine: string;
}

export interface Program {
  readonly name: string;
  readonly pid: number | undefined;
  /** The address of its ready line; rejects with ProgramEnded when it ends before. */
  readonly ready: Promise<string>;
  readonly ended: Promise<ProgramEnd>;
  stop(): Promise<ProgramEnd>;
  kill(): Promise<ProgramEnd>;
}

export declare function startProgram(options: {
  readonly name: string;
  /** A program and its own options; Node where it is missing. */
  readonly runner?: readonly [string, ...string[]];
  readonly file: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly log: (line: string) => void;
}): Program;

export declare class ProgramEnded extends Error {
  readonly end: ProgramEnd;
}
