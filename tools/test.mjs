import fs from 'node:fs';
import path from 'node:path';
import { build } from './build.mjs';
import { CommandError, command, logDirectory, root } from './project.mjs';
import { setUp } from './setup.mjs';
import { step } from './step.mjs';

const vitestReport = path.join(logDirectory, 'vitest.json');
const playwrightReport = path.join(logDirectory, 'playwright.json');
/** Of each runner, three times what it takes: a test that never ends must not keep the others' results to itself. */
const LIMIT_MINUTES = 35;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

await command(async () => {
  if (process.argv.length > 2) {
    throw new CommandError('npm test takes no options; npx vitest run PATH and npx playwright test PATH do', 2);
  }
  for (const report of [vitestReport, playwrightReport]) fs.rmSync(report, { force: true });
  try {
    await setUp({ forTests: true });
    await tool('biome', 'node_modules/@biomejs/biome/bin/biome', ['check', '--colors=off']);
    // ESLint keeps one core busy for longer than all the other static checks take on the second.
    await besideEachOther(
      () => tool('eslint', 'node_modules/eslint/bin/eslint.js', ['.', '--max-warnings', '0', '--no-color']),
      async () => {
        for (const project of ['tsconfig.json', 'renderer/tsconfig.json', 'shared/tsconfig.json']) {
          const title = `tsc -p ${project}`;
          await tool(`tsc-${path.dirname(project)}`, 'node_modules/typescript/bin/tsc', ['-p', project], { title });
        }
        await build();
        await tool(
          'vitest',
          'node_modules/vitest/vitest.mjs',
          [
            ...['run', '--reporter=dot', '--reporter=json', `--outputFile.json=${vitestReport}`, '--no-color'],
            '--reporter=./tools/unfinished-tests.mjs',
          ],
          { limitMinutes: LIMIT_MINUTES },
        );
      },
    );
    if (hasSpecs(path.join(root, 'tests/e2e'))) {
      await tool('playwright', 'node_modules/@playwright/test/cli.js', ['test', '--grep-invert', '@long'], {
        env: { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport },
        limitMinutes: LIMIT_MINUTES,
      });
    }
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
  }
  // The last line, whatever happened.
  printTotals({ stepFailed: process.exitCode !== undefined });
});

/** Each to its end, also when another has failed: the totals come last. */
async function besideEachOther(...tasks) {
  const outcomes = await Promise.allSettled(tasks.map((task) => task()));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

function tool(name, script, args, { env = {}, ...options } = {}) {
  return step(name, process.execPath, [path.join(root, script), ...args], {
    ...options,
    env: { NO_COLOR: '1', ...env },
  });
}

function hasSpecs(folder) {
  return fs.existsSync(folder) && fs.readdirSync(folder).some((name) => name.endsWith('.spec.ts'));
}

/** The closing line, over all test runners; a step without tests that failed counts as one failure. */
function printTotals({ stepFailed }) {
  let passed = 0;
  let failed = 0;
  let skipped = 0;
  if (fs.existsSync(vitestReport)) {
    const report = JSON.parse(fs.readFileSync(vitestReport, 'utf8'));
    passed += report.numPassedTests;
    failed += report.numFailedTests;
    skipped += report.numPendingTests;
  }
  if (fs.existsSync(playwrightReport)) {
    const { stats } = JSON.parse(fs.readFileSync(playwrightReport, 'utf8'));
    passed += stats.expected + stats.flaky;
    failed += stats.unexpected;
    if (stats.flaky > 0) process.stderr.write(`${stats.flaky} passed only when tried again: see the list above\n`);
    skipped += stats.skipped;
  }
  if (stepFailed && failed === 0) failed = 1;
  if (skipped > 0) process.stderr.write(`${skipped} skipped\n`);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
}
