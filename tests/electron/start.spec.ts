import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';
import { electronExecutable, hasElectronBinary, sandboxOptions } from './launch.ts';
import { startTerminal, terminalArguments } from './terminal.ts';

test('a second start on the same data ends and leaves the first one serving', async ({
  page,
  kiosk,
  terminal,
  surroundings,
}) => {
  const second = execFile(electronExecutable(), [...sandboxOptions, ...terminalArguments(surroundings)]);
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  expect(terminal.app.windows()).toHaveLength(1);
  await kiosk.begin();
  await kiosk.signIn('jiro');
  await expect(kiosk.heading('髙橋 次郎 様')).toBeVisible();
  await expect(page).toHaveTitle(/窓口/);
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
  const window = await app.evaluate(({ BrowserWindow, Menu }) => {
    const first = BrowserWindow.getAllWindows()[0];
    first?.close();
    return { destroyed: first?.isDestroyed(), kiosk: first?.isKiosk(), menu: Menu.getApplicationMenu() };
  });
  expect(window).toEqual({ destroyed: false, kiosk: true, menu: null });
  await page.evaluate('window.close()');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
});
