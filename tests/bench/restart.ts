import { FakeCentral } from '../../electron/backend/testing/fake-central.ts';
import { serveCustomer } from '../../electron/backend/testing/fake-customer.ts';
import { type Figure, figureOf, type Round } from './figure.ts';
import { enrolTerminal, queueUp, startTerminalProgram, stopProgram } from './waiting-terminal.ts';

const ROUNDS = 9;

/** From the start of the program until an application that waited is at central, against until its page is served. */
export async function restartFigures(root: string, folder: string): Promise<Figure[]> {
  const central = new FakeCentral();
  serveCustomer(central);
  await central.start();
  try {
    await enrolTerminal(root, central, folder);
    const rounds: Round[] = [];
    for (let at = 0; at < ROUNDS; at += 1) {
      queueUp(folder, 1, at);
      const delivered = new Promise<number>((resolve) => {
        central.script = () => {
          resolve(performance.now());
          return null;
        };
      });
      const start = performance.now();
      const { program } = await startTerminalProgram(root, central.url, folder);
      const booted = performance.now() - start;
      rounds.push({ measured: (await delivered) - start, reference: booted });
      await stopProgram(program);
    }
    return [
      figureOf(rounds, {
        id: 'restart-to-delivery',
        title: 'restart to the first delivery ÷ until the page is served',
        unit: 'ms',
        limit: { kind: 'at-most', ratio: 1.2 },
        note: 'one application waits; with it all that a start does, as looking through the whole database for damage',
      }),
    ];
  } finally {
    await central.stop();
  }
}
