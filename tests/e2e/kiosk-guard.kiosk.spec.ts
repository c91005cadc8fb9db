import { startOutside } from '../electron/outside.ts';
import { expect, test } from './fixtures.ts';
import { Kiosk } from './kiosk.ts';

test.use({ sharesStack: true });

const BLOCKED = [
  ...['Alt+F4', 'Alt+ArrowLeft', 'Control+p', 'Control+n', 'Control+o', 'Control+u', 'Control+w', 'Control+t'],
  ...['Control+r', 'Control+s', 'Control+f', 'Control+Shift+I', 'Control+Equal', 'Control+Minus', 'Control+0'],
  ...['F1', 'F3', 'F5', 'F7', 'F11', 'F12', 'ContextMenu'],
];

/** Scripts of the page, as text: this project has no DOM. */
const TELL_KEYS = `addEventListener('keydown', ({ key, defaultPrevented }) => {
  document.documentElement.dataset.key = key + (defaultPrevented ? ' blocked' : ' free');
})`;
const PREVENTED = `(() => {
  const options = { bubbles: true, cancelable: true };
  const touches = [1, 2].map((identifier) => new Touch({ identifier, target: document.body }));
  const events = {
    'context menu': new MouseEvent('contextmenu', options),
    drag: new DragEvent('dragstart', options),
    'drag over': new DragEvent('dragover', options),
    drop: new DragEvent('drop', options),
    'back button': new MouseEvent('mouseup', { ...options, button: 3 }),
    'forward button': new MouseEvent('mouseup', { ...options, button: 4 }),
    'zoom by wheel': new WheelEvent('wheel', { ...options, ctrlKey: true }),
    pinch: new TouchEvent('touchmove', { ...options, touches }),
    wheel: new WheelEvent('wheel', options),
    click: new MouseEvent('mouseup', { ...options, button: 0 }),
  };
  return Object.entries(events).flatMap(([name, event]) => (document.body.dispatchEvent(event) ? [] : [name]));
})()`;

test('keys that leave the kiosk do nothing, those that edit do', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  await page.evaluate(TELL_KEYS);
  const pressed = page.locator('html');
  for (const keys of BLOCKED) {
    await page.keyboard.press(keys);
    await expect(pressed, keys).toHaveAttribute('data-key', /blocked$/);
  }
  expect(page.context().pages()).toHaveLength(1);
  const field = page.getByRole('textbox').first();
  await field.fill('taro');
  await field.press('Control+a');
  await expect(pressed).toHaveAttribute('data-key', 'a free');
  await field.press('Backspace');
  await expect(field).toHaveValue('');
});

test('the page goes nowhere else and opens no window', async ({ page, stack }) => {
  const outside = await startOutside();
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  const before = page.url();
  await page.evaluate(`globalThis.refused = 0; navigation.addEventListener('navigate', ({ defaultPrevented }) => {
    globalThis.refused += defaultPrevented;
  })`);
  const link = (attributes: string) => `{
    const link = document.createRange().createContextualFragment('<a id="way-out" ${attributes}>out</a>').firstChild;
    document.body.append(link);
    link.click();
    link.remove();
  }`;
  const attempts = [
    `location.assign('${outside.url}')`,
    `location.href = '${new URL('service.html', before).href}'`,
    link(`href="${outside.url}"`),
  ];
  for (const [index, attempt] of attempts.entries()) {
    await page.evaluate(attempt);
    await expect.poll(() => page.evaluate('globalThis.refused'), { message: attempt }).toBe(index + 1);
  }
  await page.evaluate(link(`target="_blank" href="${outside.url}"`));
  expect(await page.evaluate(`open('${outside.url}')`)).toBeNull();
  expect(page.context().pages()).toHaveLength(1);
  expect(page.url()).toBe(before);
  expect(outside.asked).toEqual([]);
  // What belongs to the page goes on.
  await page.evaluate(`location.hash = '#/'`);
  await expect(kiosk.heading(new RegExp(kiosk.t('greeting:title')))).toBeVisible();
  await outside.close();
});

test('gestures and scripts do not leave it either', async ({ page, stack }) => {
  const kiosk = new Kiosk(page, stack);
  await kiosk.open('#/sign-in');
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.type());
    void dialog.dismiss();
  });
  const prevented = await page.evaluate(PREVENTED);
  expect(prevented).toEqual([
    ...['context menu', 'drag', 'drag over', 'drop', 'back button', 'forward button', 'zoom by wheel', 'pinch'],
  ]);
  await page.evaluate(`print(); alert(''); confirm(''); prompt('')`);
  expect(dialogs).toEqual([]);
  // A browser's own shows no dialog without a screen, and so would prove nothing.
  expect(await page.evaluate(`String(print)`)).not.toContain('native code');
  await kiosk.press('係員を呼ぶ');
  await expect(page.getByText(kiosk.t('call:sign.title'))).toBeVisible();
  await kiosk.press(kiosk.t('call:dismiss'));
});
