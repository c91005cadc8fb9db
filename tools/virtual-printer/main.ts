import { parseOptions } from './options.ts';
import type { CommandOptions } from './options.ts';
import { createVirtualPrinter } from './virtual-printer.ts';

/**
 * `npm run virtual-printer -- --port 9100 --out DIR [--paper out] [--cover open]`: an ESC/POS printer on TCP that
 * writes every receipt as NNN.txt and NNN.png. Ends with 1 when something came that it could not read.
 */
const say = (line: string): void => {
  process.stderr.write(`virtual-printer: ${line.replaceAll('\n', ' ')}\n`);
};

const options = parseOptions(process.argv.slice(2));
if (options.ok) await run(options.value);
else refuse(options.error);

async function run({ port, out, paperOut, coverOpen }: CommandOptions): Promise<void> {
  const created = await createVirtualPrinter({ port, columns: 48, out, log: say });
  if (!created.ok) {
    refuse(created.error === 'port-taken' ? `port ${port} can't be had` : `${out} can't be written to`);
    return;
  }
  const printer = created.value;
  if (paperOut) printer.setPaper('out');
  if (coverOpen) printer.setCover('open');
  const end = (): void => {
    process.exitCode = printer.errors.length > 0 ? 1 : 0;
    void printer.close();
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
  process.stdout.write(`${JSON.stringify({ ready: printer.address })}\n`);
}

function refuse(reason: string): void {
  say(reason);
  process.exitCode = 2;
}
