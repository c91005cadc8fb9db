import { describe, expect, it } from 'vitest';
import { ok } from '../../shared/domain/result.ts';
import { readCommandLine } from './command-line.ts';
import { readFlags } from './read-flags.ts';

const dev = (...args: string[]) => understood(readCommandLine(['electron', ...args], false));
const release = (...args: string[]) => understood(readCommandLine(['madoguchi', ...args], true));

/** As the shell goes on: what has no place in the line first, then what its values mean. */
function understood(line: ReturnType<typeof readCommandLine>) {
  if (!line.ok) return line;
  const { dataDir, values } = line.value;
  const read = readFlags(values);
  return read.ok ? ok({ dataDir, ...read.value }) : read;
}

describe("the shell's command line", () => {
  it('takes our options among those of Chromium and the folder of the app', () => {
    expect(
      dev(
        '--inspect=0',
        '--remote-debugging-port=0',
        '.',
        '--central',
        'http://127.0.0.1:9',
        '--mode=staff',
        '--data=d',
      ),
    ).toEqual({
      ok: true,
      value: { dataDir: 'd', flags: { central: 'http://127.0.0.1:9', mode: 'staff' }, clockStartsAt: null },
    });
  });

  it('starts with nothing at all, from settings.json', () => {
    expect(release()).toEqual({ ok: true, value: { dataDir: null, flags: {}, clockStartsAt: null } });
  });

  it('takes a business time as Tokyo has it, outside a release', () => {
    expect(dev('.', '--clock', '2026-11-25T09:00')).toMatchObject({
      value: { clockStartsAt: Date.UTC(2026, 10, 25, 0, 0) },
    });
    expect(release('--clock=2026-11-25')).toEqual({ ok: false, error: '--clock=2026-11-25 is not for a release' });
  });

  it.each([
    ['an unknown mode', ['--mode=party'], '--mode party is unknown'],
    ['an option without its value', ['--data'], '--data'],
    ['an empty one', ['--data='], '--data'],
    ['another without its value', ['--printer'], '--printer'],
    ['a clock that is none', ['--clock=yesterday'], '--clock'],
  ])('refuses %s', (_name, args, message) => {
    const read = dev(...args);
    expect(read.ok ? '' : read.error).toContain(message);
  });

  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-pipe',
    '--inspect',
    '--inspect-brk=0',
    '--no-sandbox',
    '--js-flags=--expose-gc',
    '--load-extension=/x',
    '--disable-web-security',
    '--user-data-dir=/x',
    '-r',
    '/some/other/app',
    '--',
  ])('refuses %s in a release', (arg) => {
    const read = release('--mode=staff', arg);
    expect(read).toEqual({ ok: false, error: `${arg} is not for a release` });
  });

  it("lets a release have what a shop's machine needs to draw, and its keyring", () => {
    expect(release('--ozone-platform=wayland', '--password-store=gnome-libsecret', '--updated').ok).toBe(true);
  });
});
