import { type ElectronApplication, expect, type Page } from '@playwright/test';
import { join } from 'node:path';
import { Kiosk } from '../e2e/kiosk.ts';
import { textsOf } from '../e2e/texts.ts';
import type { Surroundings } from '../setup/surroundings.ts';
import { launchElectron } from './launch.ts';

const ROOT = join(import.meta.dirname, '../..');

/** The terminal in Electron. */
export interface Terminal {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly kiosk: Kiosk;
  /** What its main process wrote to stderr. */
  log(): string;
  close(): Promise<void>;
}

export const terminalArguments = ({ centralUrl, printerUrl, terminalData }: Surroundings): readonly string[] => [
  ...[ROOT, '--central', centralUrl, '--data', terminalData],
  ...['--printer', printerUrl, '--mode', 'self-service'],
];

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
  const kiosk = new Kiosk(page, { terminalUrl: 'app://madoguchi/' });
  await expect(page.getByRole('heading', { level: 1 })).toContainText(textsOf('ja')('greeting:title'));
  return { app, page, kiosk, log: () => log, close: () => app.close() };
}
