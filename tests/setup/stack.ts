import type { TerminalMode } from '../../shared/contract/events.ts';
import { clockOptions, startSurroundings, type Surroundings, type SurroundingsOptions } from './surroundings.ts';

/** A terminal under the browser host in its surroundings. */
export interface Stack extends Surroundings {
  /** The terminal's address with the token of its present start. */
  readonly terminalUrl: string;
  /** SIGKILL. */
  killTerminal(): Promise<void>;
  /** On the port and data that it had; `terminalUrl` has a new token afterwards. */
  restartTerminal(): Promise<void>;
}

interface StackOptions extends SurroundingsOptions {
  readonly mode: TerminalMode;
  /** With the development dock beside it; its address is in the log. */
  readonly dock: boolean;
}

export async function startStack(options: StackOptions): Promise<Stack> {
  const surroundings = await startSurroundings(options);
  const startTerminal = (port: string) =>
    surroundings.start(options.dock ? 'terminal-with-dock' : 'terminal', [
      ...['--port', port, '--central', surroundings.centralUrl, '--data', surroundings.terminalData],
      ...['--printer', surroundings.printerUrl, '--mode', options.mode, '--no-window'],
      ...clockOptions(options.clock),
    ]);
  try {
    let terminal = await startTerminal('0');
    return {
      ...surroundings,
      get terminalUrl() {
        return terminal.address;
      },
      killTerminal: async () => {
        await terminal.program.kill();
      },
      restartTerminal: async () => {
        await terminal.program.stop();
        terminal = await startTerminal(new URL(terminal.address).port);
      },
    };
  } catch (error) {
    await surroundings.close();
    throw new Error(`the terminal didn't start:\n${surroundings.log()}`, { cause: error });
  }
}
