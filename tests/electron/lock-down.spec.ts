import type { ElectronApplication } from '@playwright/test';
import { z } from 'zod';
import { expect, test } from './fixtures.ts';
import { hasElectronBinary } from './launch.ts';
import { GREETING, greetingTitle } from './terminal.ts';

const preferencesSchema = z.looseObject({ preload: z.string() });

/** What the window was really made with. */
const preferencesOf = async (app: ElectronApplication) =>
  preferencesSchema.parse(
    await app.evaluate(({ BrowserWindow }): unknown => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      // Electron has it, its types don't.
      const read: unknown = contents && Reflect.get(contents, 'getLastWebPreferences');
      return typeof read === 'function' ? read.call(contents) : undefined;
    }),
  );

const address = (app: ElectronApplication) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());

test('the page goes nowhere, neither outside nor beside itself, and hands nothing to the system', async ({
  app,
  page,
  terminal,
  outside,
}) => {
  await app.evaluate(({ shell }) => {
    const opened: string[] = [];
    Reflect.set(globalThis, 'opened', opened);
    shell.openExternal = (url) => {
      opened.push(url);
      return Promise.resolve();
    };
  });
  // Chromium itself lets no page go to a file or to data.
  for (const kept of ['file:///etc/passwd', 'data:text/html,outside'])
    await page.evaluate(`location.assign('${kept}')`);
  const refused = [
    outside.url,
    `${new URL('.', page.url()).href}service.html`,
    'other-scheme:do-this',
    'mailto:someone@example.jp',
    'tel:0312345678',
  ];
  for (const [index, url] of refused.entries()) {
    await page.evaluate(`location.assign('${url}')`);
    await expect.poll(() => terminal.logged('navigation-refused'), { message: url }).toBeGreaterThan(index);
  }
  await page.evaluate(
    `document.body.insertAdjacentHTML('beforeend', '<a id="way-out" href="${outside.url}">out</a>'), document.getElementById('way-out').click()`,
  );
  await expect.poll(() => terminal.logged('navigation-refused')).toBeGreaterThan(refused.length);
  expect(await address(app)).toBe(GREETING);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(greetingTitle);
  expect(outside.asked).toEqual([]);
  expect(await app.evaluate((): unknown => Reflect.get(globalThis, 'opened'))).toEqual([]);
});

test('the page opens no window, by script or by link', async ({ app, page, terminal, outside }) => {
  await page.evaluate(`void window.open('${outside.url}')`);
  await expect.poll(() => terminal.logged('window-refused')).toBe(1);
  await page.evaluate(
    `document.body.insertAdjacentHTML('beforeend', '<a id="way-out" target="_blank" href="${outside.url}">out</a>'), document.getElementById('way-out').click()`,
  );
  await expect.poll(() => terminal.logged('window-refused')).toBe(2);
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
  await expect.poll(() => app.windows().length).toBe(1);
  // In the stand-in a refused window lives for a moment, long enough to ask.
  if (hasElectronBinary) expect(outside.asked).toEqual([]);
});

test('what Chromium asks on other ways is refused too, and a download does not begin', async ({
  app,
  page,
  terminal,
  outside,
}) => {
  const asked = await app.evaluate(({ BrowserWindow }, url) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    // The page's policy and Chromium leave few ways to bring these about.
    const names = ['will-redirect', 'will-frame-navigate', 'will-attach-webview', 'will-prevent-unload'];
    return names.map((name) => {
      let prevented = 0;
      contents?.emit(name, { url, preventDefault: () => (prevented += 1) });
      return [name, prevented];
    });
  }, outside.url);
  expect(asked.map(([, prevented]) => prevented)).toEqual([1, 1, 1, 1]);
  await page.evaluate(`{
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob(['kept']));
    link.download = 'kept.txt';
    link.click();
  }`);
  await expect.poll(() => terminal.logged('download-refused')).toBe(1);
  expect(await address(app)).toBe(GREETING);
});

test('the page gets no permission, not even its camera where no picture is taken', async ({ page }) => {
  const requests = {
    camera: 'navigator.mediaDevices.getUserMedia({ video: true })',
    microphone: 'navigator.mediaDevices.getUserMedia({ audio: true })',
    screen: 'navigator.mediaDevices.getDisplayMedia()',
    place: 'new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject))',
    clipboard: 'navigator.clipboard.readText()',
    midi: 'navigator.requestMIDIAccess()',
    'full screen': 'document.documentElement.requestFullscreen()',
  };
  for (const [name, request] of Object.entries(requests)) {
    const answer = await page.evaluate(`${request}.then(() => 'granted', (error) => error.name ?? error.code)`);
    // A place is refused with a number.
    expect(['NotAllowedError', 'SecurityError', 1], name).toContain(answer);
  }
  expect(await page.evaluate(`Notification.requestPermission()`)).toBe('denied');
});

test('the policy that came with the page keeps foreign scripts, pictures, frames and connections out', async ({
  page,
  outside,
}) => {
  const policy = await page.evaluate(
    `fetch(location.href).then(({ headers }) => headers.get('content-security-policy'))`,
  );
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  const violated = (act: string) =>
    page.evaluate(`new Promise((resolve) => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective }) => resolve(effectiveDirective), { once: true });
      ${act}
    })`);
  const element = (html: string) =>
    `document.body.append(document.createRange().createContextualFragment(\`${html}\`));`;
  expect(await violated(element('<script>globalThis.ran = true</script>'))).toBe('script-src-elem');
  expect(await violated(element(`<script src="${outside.url}"></script>`))).toBe('script-src-elem');
  expect(await violated(element(`<img src="${outside.url}">`))).toBe('img-src');
  expect(await violated(element(`<iframe src="${outside.url}"></iframe>`))).toBe('frame-src');
  expect(await violated(element(`<p style="color: red"></p>`))).toBe('style-src-attr');
  expect(await violated(`void fetch('${outside.url}').catch(() => undefined);`)).toBe('connect-src');
  expect(await violated(`setTimeout('globalThis.ran = true');`)).toBe('script-src');
  expect(await page.evaluate('globalThis.ran')).toBeUndefined();
  expect(outside.asked).toEqual([]);
});

test('the page has no Node, and a sandbox around it', async ({ app, page }) => {
  const preferences = await preferencesOf(app);
  expect(preferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    disableDialogs: true,
  });
  for (const risky of ['experimentalFeatures', 'enableBlinkFeatures']) expect(preferences).not.toHaveProperty(risky);
  expect(await page.evaluate('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(
    Array.from({ length: 4 }, () => 'undefined'),
  );
});

test('the preload leaves nothing in the page', async ({ app }) => {
  const { preload } = await preferencesOf(app);
  // A page of ours without scripts, with the preload and without: what only the first one has would be the preload's.
  const names = await app.evaluate(async ({ BrowserWindow }, file) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    const inWindow = async (webPreferences: Electron.WebPreferences): Promise<unknown> => {
      const window = new BrowserWindow({ show: false, webPreferences });
      await window.loadURL('app://madoguchi/service.html');
      const found: unknown = await window.webContents.executeJavaScript('Object.getOwnPropertyNames(globalThis)');
      window.destroy();
      return found;
    };
    if (session === undefined) throw new Error('there is no window');
    return { with: await inWindow({ session, preload: file }), without: await inWindow({ session }) };
  }, preload);
  expect(names.without).toContain('document');
  expect(names.with).toEqual(names.without);
});

test('only our window at our page is given a channel', async ({ app, page, terminal }) => {
  await expect(page.getByText(terminal.kiosk.t('demo')).first()).toBeVisible();
  const { preload } = await preferencesOf(app);
  await app.evaluate(({ BrowserWindow }, file) => {
    const session = BrowserWindow.getAllWindows()[0]?.webContents.session;
    if (session === undefined) throw new Error('there is no window');
    // The same page and preload in another window: it asks for its channel, again and again.
    void new BrowserWindow({ show: false, webPreferences: { session, preload: file } }).loadURL('app://madoguchi/');
  }, preload);
  await expect.poll(() => terminal.logged('sender-refused')).toBeGreaterThan(0);
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[1]?.destroy());
  await terminal.kiosk.begin();
  await terminal.kiosk.signIn('jiro');
  await expect(terminal.kiosk.heading('髙橋 次郎 様')).toBeVisible();
});
