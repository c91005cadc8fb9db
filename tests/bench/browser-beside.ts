import { type Browser, chromium, type Page } from '@playwright/test';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setInterval } from 'node:timers/promises';
import { z } from 'zod';
import { testSwitches } from '../../tools/chromium-switches.mjs';
import { findChromium } from '../../tools/find-chromium.mjs';

const LISTENS = 'DevTools listening on ';
const LOOK_EVERY_MS = 1_000;
/** The longest measurement takes five minutes. */
const LATE_MS = 15 * 60_000;
const pagesSchema = z.array(z.object({ title: z.string() }));

export interface BrowserBeside {
  /** Playwright at its one page, which stays when the work is done. */
  attached<Done>(work: (page: Page, browser: Browser) => Promise<Done>): Promise<Done>;
  /** Nobody is attached meanwhile. Fails after a quarter of an hour. */
  untilTitled(title: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Chromium with one page in this process's session, as Electron's pages are in its main process's. Playwright starts it in
 * a session of its own, and Linux divides the processor between sessions first (autogroup): one thread of the terminal then
 * counts as much as the whole browser. Nor is DevTools told of each picture that is sent while Playwright isn't attached.
 */
export async function startBrowserBeside(switches: readonly string[]): Promise<BrowserBeside> {
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
  const address = await addressOf(child.stderr);
  return {
    attached: async (work) => {
      const browser = await chromium.connectOverCDP(address);
      try {
        const page = browser.contexts()[0]?.pages()[0];
        if (page === undefined) throw new Error('Chromium has no page');
        return await work(page, browser);
      } finally {
        await browser.close();
      }
    },
    untilTitled: async (title) => {
      const list = `http://${new URL(address).host}/json/list`;
      const late = AbortSignal.timeout(LATE_MS);
      for await (const _ of setInterval(LOOK_EVERY_MS, undefined, { signal: late })) {
        const pages = pagesSchema.parse(await (await fetch(list)).json());
        if (pages.some((page) => page.title === title)) return;
      }
    },
    close: async () => {
      child.kill();
      await exited;
      // Its other processes may still write there.
      rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
    },
  };
}

async function addressOf(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith(LISTENS)) return line.slice(LISTENS.length);
  }
  throw new Error('Chromium ended');
}
