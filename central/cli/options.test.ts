import { expect, it } from 'vitest';
import { parseCommand } from './options.ts';

it('reads what the commands are given', () => {
  expect(parseCommand([])).toEqual({
    ok: true,
    value: { kind: 'serve', port: 8610, dataDirectory: '.data/central', demo: false, clock: null, publicUrl: null },
  });
  const args = ['--port', '0', '--data', 'd', '--demo', '--public-url', 'https://central.example/bss/'];
  expect(parseCommand(args)).toMatchObject({
    value: { port: 0, dataDirectory: 'd', demo: true, publicUrl: 'https://central.example/bss' },
  });
  expect(parseCommand(['token', '--scope', 'tmf.read tmf.write', '--scope', 'operator,tmf.read'])).toMatchObject({
    value: { kind: 'token', scopes: ['tmf.read', 'tmf.write', 'operator'] },
  });
});

it.each([
  ['2026-11-25T23:59:00+09:00', '2026-11-25T14:59:00Z'],
  ['2026-11-25T14:59:00Z', '2026-11-25T14:59:00Z'],
  ['2026-11-25T23:59:00', '2026-11-25T14:59:00Z'],
  ['2026-11-26', '2026-11-25T15:00:00Z'],
])('takes the clock %s, in Tokyo where it names no zone', (text, instant) => {
  expect(parseCommand(['--clock', text])).toMatchObject({ value: { clock: Date.parse(instant) } });
});

it.each([
  [['--nonsense'], '--nonsense'],
  [['--port', '70000'], '--port 70000'],
  [['--port', 'x'], '--port x'],
  [['--port', ''], '--port'],
  [['--data', ''], '--data'],
  [['--clock', 'yesterday'], '--clock yesterday'],
  [['--public-url', 'ftp://x'], '--public-url ftp://x'],
  [['extra'], 'extra'],
  [['token'], '--scope'],
  [['rescue', '--file', 'f'], '--key'],
  [['rescue', '--key', 'k'], '--file'],
  [['rescue', '--file', 'f', '--key', 'k', '--central', 'ftp://x'], '--central ftp://x'],
  [['rescue', '--file', 'f', '--key', 'k', '--central', 'http://central.example'], 'loopback'],
  [['token', '--scope', 'tmf.read,all'], '--scope'],
  [['token', '--port', '1', '--scope', 'tmf.read'], '--port'],
])('refuses %j', (args, message) => {
  const command = parseCommand(args);
  if (command.ok) expect.fail('was accepted');
  expect(command.error.code).toBe('options');
  expect(command.error.message).toContain(message);
});
