import { rescue } from './rescue.ts';
import { runHost } from './run-host.ts';

const args = process.argv.slice(2);
if (args[0] === 'rescue') {
  const done = rescue(args.slice(1), Date.now);
  if (done.ok) process.stdout.write(`${done.value}\n`);
  else {
    process.stderr.write(`terminal: ${done.error}\n`);
    process.exitCode = 2;
  }
} else void runHost({ args, programDir: import.meta.dirname, dock: null });
