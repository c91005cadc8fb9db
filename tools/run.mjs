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
      return runHere(await bundleTests('bench'));
    case 'faults':
      return runHere(await bundleTests('faults'));
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
 * Benchmarks and the fault campaign are no part of the shipped programs, so they have a Vite build of their own, with the
 * same externals (every dependency stays outside: what is measured or broken runs as it does from node_modules).
 */
async function bundleTests(folder) {
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const outDir = path.join(root, 'out', folder);
  await step(`${folder}-build`, process.execPath, [
    ...[vite, 'build', '--configLoader', 'runner', '--logLevel', 'warn'],
    ...['--ssr', path.join(root, 'tests', folder, 'main.ts')],
    ...['--outDir', outDir, '--emptyOutDir', '--target', 'node20.19', '--sourcemap'],
  ]);
  return path.join(outDir, 'main.js');
}
