import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { textsOf } from '../e2e/texts.ts';
import { electronExecutable, hasElectronBinary, launchElectron, sandboxOptions } from './launch.ts';
import { ROOT, startTerminal, terminalArguments } from './terminal.ts';

test('a second start on the same data ends and leaves the first one serving', async ({
  page,
  kiosk,
  terminal,
  surroundings,
}) => {
  await terminal.app.evaluate(({ BrowserWindow }) => {
    const first = BrowserWindow.getAllWindows()[0];
    const came: string[] = [];
    Reflect.set(globalThis, 'came', came);
    first?.hide();
    first?.once('show', () => came.push('show'));
    first?.once('focus', () => came.push('focus'));
  });
  const second = execFile(electronExecutable(), [...sandboxOptions, ...terminalArguments(surroundings)]);
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect
    .poll(() => terminal.app.evaluate((): unknown => Reflect.get(globalThis, 'came')))
    .toEqual(['show', 'focus']);
  expect(terminal.app.windows()).toHaveLength(1);
  await kiosk.begin();
  await kiosk.signIn('jiro');
  await expect(kiosk.heading('髙橋 次郎 様')).toBeVisible();
  await expect(page).toHaveTitle(/窓口/);
});

test('damaged settings stand on the screen and in the log, with their code', async ({ surroundings }) => {
  const { terminalData } = surroundings;
  await mkdir(terminalData, { recursive: true });
  await writeFile(join(terminalData, 'settings.json'), '{"central":');
  const app = await launchElectron([ROOT, '--data', terminalData]);
  const ended = new Promise((resolve) => app.process().once('exit', resolve));
  let stderr = '';
  app.process().stderr?.on('data', (chunk: Buffer) => {
    stderr += chunk.toString('utf8');
  });
  const page = await app.firstWindow();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(textsOf('ja')('service:title'));
  await expect(page.getByText('settings-invalid settings.json')).toBeVisible();
  const sentence = 'setting settings.json is missing or wrong';
  await expect.poll(() => stderr).toContain(`terminal: ${sentence}\n`);
  expect(await readFile(join(terminalData, 'logs/terminal.log'), 'utf8')).toContain(sentence);
  // electron-store's own listener answers any page.
  expect(await app.evaluate(({ ipcMain }) => ipcMain.listenerCount('electron-store-get-data'))).toBe(0);
  await app.close();
  expect(await ended).toBe(2);
});

test('an option that means nothing ends the program before any window, with its name', async ({ surroundings }) => {
  const args = [...sandboxOptions, ROOT, '--data', surroundings.terminalData, '--mode', 'party'];
  const child = execFile(electronExecutable(), args);
  let stderr = '';
  child.stderr?.on('data', (chunk: string) => {
    stderr += chunk;
  });
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(2);
  expect(stderr).toContain('terminal: --mode party is unknown\n');
});

test('a key ring that everybody can open is not used: the key stays in a file, and the log says so', ({
  terminal,
  surroundings,
}) => {
  // Playwright starts every Electron with --password-store=basic.
  expect(terminal.logged('no-keyring')).toBe(1);
  expect(existsSync(join(surroundings.terminalData, 'terminal.key'))).toBe(true);
  expect(existsSync(join(surroundings.terminalData, 'terminal.key.sealed'))).toBe(false);
});

test('a real key ring seals the key, and opens it at the next start', async ({ surroundings }) => {
  test.skip(hasElectronBinary, 'Playwright gives a real Electron no key ring');
  const env = { ELECTRON_STANDIN_STORAGE_BACKEND: 'gnome_libsecret' };
  for (const start of ['first', 'second']) {
    const terminal = await startTerminal(surroundings, env);
    expect([start, terminal.logged('no-keyring')]).toEqual([start, 0]);
    expect(existsSync(join(surroundings.terminalData, 'terminal.key'))).toBe(false);
    expect(existsSync(join(surroundings.terminalData, 'terminal.key.sealed'))).toBe(true);
    await terminal.close();
  }
});

test('the window can not be closed while the terminal runs, fills the screen and keeps it on', async ({
  app,
  page,
}) => {
  const window = await app.evaluate(({ BrowserWindow, Menu, powerSaveBlocker }) => {
    const first = BrowserWindow.getAllWindows()[0];
    first?.close();
    return {
      destroyed: first?.isDestroyed(),
      kiosk: first?.isKiosk(),
      visible: first?.isVisible(),
      menu: Menu.getApplicationMenu(),
      // What the blocker was given as its number is nobody's to know.
      keptOn: [0, 1, 2].some((id) => powerSaveBlocker.isStarted(id)),
    };
  });
  expect(window).toEqual({ destroyed: false, kiosk: true, visible: true, menu: null, keptOn: true });
  await page.evaluate('window.close()');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
