import { expect, test } from './fixtures.ts';
import { greetingTitle } from './terminal.ts';

/** As Electron's accelerators name them. */
const BLOCKED: readonly (readonly string[])[] = [
  ...['F4', 'Left', 'Home', 'D'].map((key) => ['alt', key]),
  ...['P', 'N', 'O', 'U', 'W', 'T', 'R', 'S', 'F', 'G', 'H', 'J', 'L', 'D', 'Q', 'F4', '0'].map((key) => [
    'control',
    key,
  ]),
  ...['I', 'J', 'C', 'N', 'T', 'R'].map((key) => ['control', 'shift', key]),
  ...['F1', 'F3', 'F5', 'F6', 'F7', 'F11', 'F12'].map((key) => [key]),
];
const FREE: readonly (readonly string[])[] = [['a'], ['control', 'a'], ['Tab'], ['Escape']];

test('keys that leave the kiosk never reach the page, those that edit do', async ({ app, page }) => {
  await page.evaluate(`globalThis.keys = []; addEventListener('keydown', ({ key }) => keys.push(key), true)`);
  await app.evaluate(
    ({ BrowserWindow }, presses) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const known = ['alt', 'control', 'shift'] as const;
      for (const press of presses) {
        const modifiers = known.filter((modifier) => press.includes(modifier));
        contents?.sendInputEvent({ type: 'keyDown', keyCode: press.at(-1) ?? '', modifiers });
      }
    },
    [...BLOCKED, ...FREE],
  );
  await expect.poll(() => page.evaluate('keys')).toEqual(['a', 'a', 'Tab', 'Escape']);
  expect(app.windows()).toHaveLength(1);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(greetingTitle);
});

test('a pinch does not zoom, a dropped file does not open, a long touch brings no menu', async ({ app, page }) => {
  const browser = await page.context().newCDPSession(page);
  const at = { x: 500, y: 900 };
  await browser.send('Input.synthesizePinchGesture', { ...at, scaleFactor: 2 });
  expect(await page.evaluate('visualViewport.scale')).toBe(1);

  const data = { items: [], files: ['/etc/hostname'], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await browser.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await page.evaluate(
    `addEventListener('contextmenu', ({ defaultPrevented }) => (globalThis.menu = defaultPrevented ? 'none' : 'shown'))`,
  );
  await page.mouse.click(at.x, at.y, { button: 'right' });
  await expect.poll(() => page.evaluate('globalThis.menu')).toBe('none');
  expect(app.windows()).toHaveLength(1);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(greetingTitle);
});

test('the page brings up no dialog, not even to print', async ({ page }) => {
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type());
    void dialog.dismiss();
  });
  expect(await page.evaluate(`[print(), alert('?'), confirm('?'), prompt('?')]`)).toEqual([
    undefined,
    undefined,
    false,
    null,
  ]);
  expect(dialogs).toEqual([]);
  // Chromium's own shows no dialog without a screen, and so would prove nothing.
  expect(await page.evaluate(`String(print)`)).not.toContain('native code');
});
