import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, builtProgram } from './build.mjs';
import { CommandError, command, root } from './project.mjs';
import { step } from './step.mjs';

const [name, ...args] = process.argv.slice(2);

await command(async () => {
  switch (name) {
    case 'central':
    case 'terminal':
    case 'virtual-printer':
      await build();
      return runHere(builtProgram(name));
    case 'bench':
      await build();
      return runHere(await bundleBench());
    case 'faults':
      throw new CommandError('npm run faults: comes with the fault campaign', 2);
    case 'package': {
      await build();
      // Only this command needs electron-builder and what belongs to it.
      const { packageApp } = await import('./package.mjs');
      return packageApp(args);
    }
    default:
      throw new CommandError(
        `unknown command ${JSON.stringify(name ?? '')}: central, terminal, virtual-printer, bench, faults, package`,
        2,
      );
  }
});

/** In this process, so that a signal reaches the program itself. It reads its options from process.argv. */
async function runHere(file) {
  process.setSourceMapsEnabled(true);
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

/**
 * The benchmarks are no part of the shipped programs, so they have a Vite build of their own, with the same externals
 * (every dependency stays outside: what is measured runs as it does from node_modules).
 */
async function bundleBench() {
  const entry = path.join(root, 'tests/bench/main.ts');
  if (!fs.existsSync(entry)) throw new CommandError('npm run bench: tests/bench/main.ts is not there', 2);
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const outDir = path.join(root, 'out/bench');
  await step('bench-build', process.execPath, [
    ...[vite, 'build', '--configLoader', 'runner', '--logLevel', 'warn', '--ssr', entry],
    ...['--outDir', outDir, '--emptyOutDir', '--target', 'node20.19', '--sourcemap'],
  ]);
  return path.join(outDir, 'main.js');
}
