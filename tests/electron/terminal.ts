import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { z } from 'zod';
import { Kiosk } from '../e2e/kiosk.ts';
import { textsOf } from '../e2e/texts.ts';
import type { Surroundings } from '../setup/surroundings.ts';
import { launchElectron } from './launch.ts';

export const ROOT = join(import.meta.dirname, '../..');
export const GREETING = 'app://madoguchi/';

const lineSchema = z.looseObject({ code: z.string().optional() });

/** The terminal in Electron. */
export interface Terminal {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly kiosk: Kiosk;
  /** What its main process wrote to stderr. */
  log(): string;
  /** How often its log has that code. */
  logged(code: string): number;
  /** The first heading on the screen, which the page's own handle can't give once a page has crashed; '' in between. */
  heading(): Promise<string>;
  close(): Promise<void>;
}

export const terminalArguments = ({ centralUrl, printerUrl, terminalData }: Surroundings): readonly string[] => [
  ...[ROOT, '--central', centralUrl, '--data', terminalData],
  ...['--printer', printerUrl, '--mode', 'self-service'],
];

const texts = textsOf('ja');
export const greetingTitle = texts('greeting:title');

/** Started and at its greeting. */
export async function startTerminal(
  surroundings: Surroundings,
  env: Readonly<Record<string, string>> = {},
): Promise<Terminal> {
  const app = await launchElectron(terminalArguments(surroundings), env);
  let log = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    log += chunk.toString('utf8');
  });
  const page = await app.firstWindow();
  const kiosk = new Kiosk(page, { terminalUrl: GREETING });
  await expect(page.getByRole('heading', { level: 1 })).toContainText(greetingTitle);
  // The greeting stands before there is a backend; this is said by one that is enrolled.
  await expect(page.getByText(texts('demo-note'))).toBeVisible();
  return {
    app,
    page,
    kiosk,
    log: () => log,
    logged: (code) => codesIn(log).filter((one) => one === code).length,
    heading: () => executeInPage(app, `document.querySelector('h1')?.innerText ?? ''`).then(String, () => ''),
    close: () => app.close(),
  };
}

/** By way of the main process, so that it works in whatever page the window shows now. */
export const executeInPage = (app: ElectronApplication, script: string): Promise<unknown> =>
  app.evaluate(
    ({ BrowserWindow }, code): Promise<unknown> =>
      BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code) ?? Promise.resolve(),
    script,
  );

function codesIn(log: string): readonly (string | undefined)[] {
  const lines = log.split('\n').filter((line) => line.startsWith('{') && line.endsWith('}'));
  return lines.map((line) => lineSchema.parse(JSON.parse(line)).code);
}
