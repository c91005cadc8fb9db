import { describe, expect, it } from 'vitest';
import { isBlockedKey, type PressedKey } from './blocked-keys.ts';

/** `Ctrl+Shift+I` and the like. */
function pressed(name: string): PressedKey {
  const parts = name.split('+');
  const key = parts.at(-1) ?? '';
  const has = (modifier: string): boolean => parts.slice(0, -1).includes(modifier);
  return { key, control: has('Ctrl'), alt: has('Alt'), meta: has('Meta'), shift: has('Shift') };
}

describe('keys that leave a kiosk', () => {
  it.each(
    [
      ...['Alt+F4', 'Alt+ArrowLeft', 'Alt+ArrowRight', 'Alt+Home', 'Alt+d', 'Alt+Tab', 'Alt+Enter', 'Alt+ '],
      ...['Ctrl+p', 'Ctrl+P', 'Ctrl+n', 'Ctrl+o', 'Ctrl+u', 'Ctrl+w', 'Ctrl+t', 'Ctrl+r', 'Ctrl+s', 'Ctrl+f', 'Ctrl+g'],
      ...['Ctrl+h', 'Ctrl+j', 'Ctrl+l', 'Ctrl+k', 'Ctrl+e', 'Ctrl+d', 'Ctrl+q', 'Ctrl+Tab', 'Ctrl+F4', 'Ctrl+Enter'],
      ...['Ctrl+Shift+I', 'Ctrl+Shift+J', 'Ctrl+Shift+C', 'Ctrl+Shift+N', 'Ctrl+Shift+T', 'Ctrl+Shift+R'],
      ...['Ctrl+Shift+V', 'Ctrl+Shift+Tab', 'Ctrl+Shift+Escape', 'Ctrl+Alt+Delete'],
      ...['Ctrl++', 'Ctrl+-', 'Ctrl+0', 'Ctrl+=', 'Ctrl+1', 'Meta+q', 'Meta+w', 'Meta+r', 'Meta+l', 'Meta+Alt+i'],
      ...[
        'F1',
        'F3',
        'F5',
        'F6',
        'F7',
        'F10',
        'F11',
        'F12',
        'F13',
        'F24',
        'Shift+F10',
        'Shift+F5',
        'Ctrl+F5',
        'ContextMenu',
      ],
      ...['PrintScreen', 'BrowserBack', 'BrowserForward', 'BrowserHome', 'BrowserRefresh', 'BrowserSearch'],
      ...['LaunchMail', 'LaunchApplication1', 'ZoomIn', 'Help', 'Print', 'Save'],
    ].map((name) => [name]),
  )('%s is blocked', (name) => {
    expect(isBlockedKey(pressed(name))).toBe(true);
  });

  it.each(
    [
      ...['a', 'Z', '1', '@', ' ', 'あ', 'Tab', 'Shift+Tab', 'Enter', 'Escape', 'Backspace', 'Delete', 'Home', 'End'],
      ...['ArrowLeft', 'ArrowDown', 'PageUp', 'PageDown', 'Shift+ArrowLeft', 'Process', 'Convert', 'NonConvert'],
      ...['KanaMode', 'HangulMode', 'Zenkaku', 'Hankaku', 'Shift+F', 'F', 'F2', 'F4', 'F8', 'F9'],
      ...[
        'Ctrl+a',
        'Ctrl+c',
        'Ctrl+v',
        'Ctrl+x',
        'Ctrl+z',
        'Ctrl+y',
        'Ctrl+Shift+Z',
        'Ctrl+ArrowLeft',
        'Ctrl+Backspace',
      ],
      ...['Ctrl+Shift+ArrowRight', 'Ctrl+Control', 'Alt+Alt', 'Meta+Meta', 'Shift+Shift'],
    ].map((name) => [name]),
  )('%s is not', (name) => {
    expect(isBlockedKey(pressed(name))).toBe(false);
  });
});
