import { type Browser, chromium } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { testSwitches } from '../../tools/chromium-switches.mjs';
import { findChromium } from '../../tools/find-chromium.mjs';

const LISTENS = 'DevTools listening on ';

/**
 * Chromium in this process's session, as Electron's pages are in its main process's. Playwright starts it in a session of
 * its own, and Linux divides the processor between sessions first: one thread of the terminal then counts as much as the
 * whole browser.
 */
export async function startBrowserBeside(
  switches: readonly string[],
): Promise<{ readonly browser: Browser; close(): Promise<void> }> {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('no Chromium on this machine: npm test installs it');
  const profile = mkdtempSync(join(tmpdir(), 'bench-browser-'));
  const child = spawn(
    executablePath,
    [
      ...[...testSwitches, '--headless=new', '--remote-debugging-port=0', '--no-first-run', '--password-store=basic'],
      ...[`--user-data-dir=${profile}`, ...switches, 'about:blank'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const exited = once(child, 'exit');
  const browser = await chromium.connectOverCDP(await addressOf(child.stderr));
  return {
    browser,
    close: async () => {
      await browser.close();
      child.kill();
      await exited;
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith(LISTENS)) return line.slice(LISTENS.length);
  }
  throw new Error('Chromium ended');
}
