import { ordersAtCentral } from '../e2e/central.ts';
import { OPEN_CHANNEL } from '../../shared/contract/page-port.ts';
import { expect, test } from './fixtures.ts';
import { executeInPage, greetingTitle, type Terminal } from './terminal.ts';

const crash = ({ app }: Terminal) =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());

const textOnScreen = ({ app }: Terminal) => executeInPage(app, 'document.body.innerText').then(String);

for (const how of ['crashes', 'hangs'] as const) {
  test(
    `a page that ${how} gives way to the greeting; the session is gone, the queue is not`,
    { tag: how === 'hangs' ? '@long' : [] },
    async ({ page, kiosk, terminal, surroundings }, testInfo) => {
      test.slow();
      await kiosk.begin();
      await kiosk.signIn('jiro');
      await page
        .getByRole('main')
        .getByRole('button', { name: /^インターネットのコース変更/ })
        .click();
      await kiosk.courseToReview('かっとびメガ160');
      await kiosk.next();
      await kiosk.acceptTerms();
      await surroundings.stopCentral();
      await kiosk.submit();
      const number = await kiosk.receiptNumber();

      await page.evaluate(`localStorage.setItem('left', 'behind')`);
      if (how === 'hangs') page.evaluate('for (;;);').catch(() => undefined);
      else await crash(terminal);
      await expect.poll(() => terminal.logged(how === 'hangs' ? 'hung' : 'crashed'), { timeout: 30_000 }).toBe(1);
      const seenAt = performance.now();
      await expect.poll(() => terminal.heading(), { intervals: [20] }).toContain(greetingTitle);
      const seconds = ((performance.now() - seenAt) / 1000).toFixed(1);
      testInfo.annotations.push({ type: 'back at the greeting', description: `${seconds} s` });

      expect(await textOnScreen(terminal)).not.toContain(number);
      expect(await executeInPage(terminal.app, 'localStorage.length')).toBe(0);
      // The new page asks for its channel, and its first sign of life finds no session of the old one.
      await expect.poll(() => textOnScreen(terminal)).toContain(kiosk.t('demo'));
      await executeInPage(terminal.app, `location.hash = '#/contracts'`);
      await expect.poll(() => textOnScreen(terminal)).toContain(kiosk.t('sign-in:submit'));

      await surroundings.startCentral();
      await expect
        .poll(async () => (await ordersAtCentral(surroundings, number)).length, { timeout: 40_000, intervals: [500] })
        .toBe(1);
    },
  );
}

test('after the third end in a row the service screen says so, and nothing more is tried', async ({ terminal }) => {
  for (const nth of [1, 2]) {
    await crash(terminal);
    await expect.poll(() => terminal.logged('crashed')).toBe(nth);
    await expect.poll(() => terminal.heading()).toContain(greetingTitle);
  }
  await crash(terminal);
  await expect.poll(() => terminal.logged('crashed')).toBe(3);
  await expect.poll(() => terminal.heading()).toContain(terminal.kiosk.t('service:title'));
  expect(await textOnScreen(terminal)).toContain('page-failing');
  // No script runs there that could ask for a channel or leave.
  expect(await executeInPage(terminal.app, 'document.scripts.length')).toBe(0);
  // Our window, but not our page: it is heard as little.
  await executeInPage(terminal.app, `postMessage('${OPEN_CHANNEL}', location.origin)`);
  await expect.poll(() => terminal.logged('sender-refused')).toBe(1);
});

test('a page that can not be loaded counts as one that ended', async ({ app, terminal }) => {
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.session.protocol.unhandle('app');
    contents?.forcefullyCrashRenderer();
  });
  await expect.poll(() => terminal.logged('not-loaded')).toBeGreaterThan(0);
});

test('a greeting that never comes alive counts as a page that hangs', { tag: '@long' }, async ({ app, terminal }) => {
  await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    contents?.session.protocol.unhandle('app');
    const drawn = '<!doctype html><div id="root" inert><h1>drawn</h1></div>';
    contents?.session.protocol.handle('app', () => new Response(drawn, { headers: { 'content-type': 'text/html' } }));
    contents?.forcefullyCrashRenderer();
  });
  await expect.poll(() => terminal.heading()).toBe('drawn');
  await expect.poll(() => terminal.logged('hung'), { timeout: 20_000 }).toBe(1);
});
