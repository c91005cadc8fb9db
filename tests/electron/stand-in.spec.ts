import { expect } from '@playwright/test';
import { execFile } from 'node:child_process';
import { electronExecutable, launchElectron, sandboxOptions } from './launch.ts';
import { asked, SAMPLE_APP, seen, test } from './sample-app.ts';

// What the other specs in this folder rely on, tried with a small app. Each holds on Electron's binary as well.

test('the preload asks the main process, which knows the sender; the page finds nothing of it', async ({ page }) => {
  await expect(page.locator('html')).toHaveAttribute('data-sender', 'app://sample/ 2');
  const names = 'Reflect.ownKeys(globalThis).map(String)';
  const left = /electron|^(require|process|module|ipcRenderer)$/i;
  expect(await page.evaluate<string[]>(names).then((all) => all.filter((name) => left.test(name)))).toEqual([]);
});

test('a port carries texts and bytes both ways and ends with the page', async ({ app, page }) => {
  await page.waitForFunction('globalThis.port');
  await page.evaluate(`port.postMessage('こんにちは'); port.postMessage(new Uint8Array([255, 0, 128]))`);
  await expect.poll(() => page.evaluate('received.map(String)')).toEqual(['こんにちは', '255,0,128']);
  expect((await seen(app)).closed).toBe(0);
  await page.reload();
  await expect.poll(async () => (await seen(app)).closed).toBe(1);
});

for (const [who, end] of [
  ['the main process', `port.postMessage('close')`],
  ['the page', 'port.close()'],
] as const) {
  test(`a port that ${who} closes is closed at the other end`, async ({ app, page }) => {
    await page.waitForFunction('globalThis.port');
    await page.evaluate(end);
    if (who === 'the main process') await expect.poll(() => page.evaluate('received')).toEqual(['closed']);
    await expect.poll(async () => (await seen(app)).closed).toBe(1);
  });
}

test('a page goes where it likes until the app prevents it', async ({ app, page, outside }) => {
  const address = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
      Reflect.set(globalThis, 'asked', event.url);
      if (Reflect.get(globalThis, 'guard') !== false) event.preventDefault();
    });
  });
  await page.evaluate(`location.assign('${outside.url}')`);
  await expect.poll(() => asked(app)).toBe(outside.url);
  expect(await address()).toBe('app://sample/');
  await app.evaluate(() => Reflect.set(globalThis, 'guard', false));
  await page.evaluate(`location.assign('${outside.url}')`);
  await expect(page.getByRole('heading')).toHaveText('outside');
  expect(await address()).toBe(outside.url);
});

test('a scheme that nobody serves is put to the app too', async ({ app, page }) => {
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.on('will-navigate', (event) => {
      event.preventDefault();
      Reflect.set(globalThis, 'asked', event.url);
    });
  });
  await page.evaluate(`location.assign('unknown-scheme:somewhere')`);
  await expect.poll(() => asked(app)).toBe('unknown-scheme:somewhere');
});

test('a page opens windows until the app denies it', async ({ app, page, outside }) => {
  const windows = () => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
  await app.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(({ url }) => {
      Reflect.set(globalThis, 'asked', url);
      return { action: Reflect.get(globalThis, 'deny') === false ? 'allow' : 'deny' };
    });
  });
  await page.evaluate(`void window.open('${outside.url}')`);
  await expect.poll(() => asked(app)).toBe(outside.url);
  expect(await windows()).toBe(1);
  await app.evaluate(() => Reflect.set(globalThis, 'deny', false));
  await page.evaluate(`void window.open('${outside.url}')`);
  await expect.poll(windows).toBe(2);
  await expect.poll(() => outside.asked).toContain('/');
});

test('a permission is granted until a handler denies it', async ({ app, page }) => {
  const microphone = () =>
    page.evaluate(`navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', ({ name }) => name)`);
  // Without a microphone a granted request fails later, with another name.
  expect(await microphone()).not.toBe('NotAllowedError');
  await app.evaluate(({ session }) => {
    session.defaultSession.setPermissionRequestHandler((_contents, permission, answer, { requestingUrl }) => {
      Reflect.set(globalThis, 'asked', [permission, requestingUrl]);
      answer(false);
    });
  });
  expect(await microphone()).toBe('NotAllowedError');
  expect(await asked(app)).toEqual(['media', 'app://sample/']);
});

for (const how of ['crashed', 'hung'] as const) {
  test(`a ${how} page is ended and loaded again`, async ({ app, page }) => {
    await page.waitForFunction('globalThis.port');
    if (how === 'hung') page.evaluate('for (;;);').catch(() => undefined);
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await expect.poll(async () => (await seen(app)).gone).toHaveLength(1);
    await expect
      .poll(() =>
        app.evaluate(({ BrowserWindow }): Promise<unknown> | undefined =>
          BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript('document.title'),
        ),
      )
      .toBe('sample');
    expect((await seen(app)).closed).toBe(1);
  });
}

test('a key reaches the page unless the app takes it', async ({ app, page }) => {
  await page.evaluate(`globalThis.keys = []; addEventListener('keydown', ({ key }) => keys.push(key))`);
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.on('before-input-event', (event, { key }) => {
      if (key === 'F11') event.preventDefault();
    });
    for (const keyCode of ['F11', 'F9']) contents?.sendInputEvent({ type: 'keyDown', keyCode });
  });
  await expect.poll(() => page.evaluate('keys')).toEqual(['F9']);
});

test('a second start is told to the first and ends', async ({ app, page, data }) => {
  await expect(page.getByRole('heading')).toBeVisible();
  const second = execFile(electronExecutable(), [...sandboxOptions, SAMPLE_APP, `--user-data-dir=${data}`, '--second']);
  expect(await new Promise((resolve) => second.once('exit', resolve))).toBe(0);
  await expect.poll(async () => (await seen(app)).second).toEqual(['--second']);
});

test('a preload that can not be read is said', async ({ app, page }) => {
  await expect(page.getByRole('heading')).toBeVisible();
  const failed = await app.evaluate(
    ({ BrowserWindow }) =>
      new Promise((resolve) => {
        const window = new BrowserWindow({ webPreferences: { preload: '/nowhere/preload.cjs' } });
        window.webContents.once('preload-error', (_event, file) => resolve(file));
        window.loadURL('app://sample/').catch(() => undefined);
      }),
  );
  expect(failed).toBe('/nowhere/preload.cjs');
});

test('a key ring keeps a secret over a restart; without one there is no encryption', async ({ data }) => {
  // The runner asks for the basic backend; only the stand-in can be given another one.
  const start = (backend: string) =>
    launchElectron([SAMPLE_APP, `--user-data-dir=${data}`], { ELECTRON_STANDIN_STORAGE_BACKEND: backend });
  const basic = await start('basic_text');
  const refused = await basic.evaluate(({ safeStorage }) => safeStorage.isAsyncEncryptionAvailable());
  await basic.close();
  expect(refused).toBe(false);
  const first = await start('gnome_libsecret');
  const sealed = await first.evaluate(async ({ safeStorage }) =>
    (await safeStorage.encryptStringAsync('窓口')).toString('hex'),
  );
  await first.close();
  const second = await start('gnome_libsecret');
  const opened = await second.evaluate(
    async ({ safeStorage }, hex) => (await safeStorage.decryptStringAsync(Buffer.from(hex, 'hex'))).result,
    sealed,
  );
  await second.close();
  expect(opened).toBe('窓口');
});
