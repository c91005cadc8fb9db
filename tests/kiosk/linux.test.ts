import { execFile } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { settingsSchema } from '../../electron/backend/settings/settings.ts';
import { findProgram, root } from '../../tools/project.mjs';

const run = promisify(execFile);
const kiosk = join(root, 'build/kiosk/linux');
const endSchema = z.object({ code: z.number(), stderr: z.string() });
const installer = join(kiosk, 'install.sh');
const has = (program: string): boolean => findProgram(program) !== undefined;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'madoguchi-kiosk-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const install = (machine: string, ...options: readonly string[]) =>
  run(installer, options, { env: { ...process.env, DESTDIR: join(folder, machine) } });
const read = (machine: string, file: string) => readFile(join(folder, machine, file), 'utf8');

describe('the installer of a Linux kiosk', () => {
  it('puts every file in its place, with settings that the terminal takes', async () => {
    await install('new', '--central', 'https://central.example', '--printer', 'tcp://10.0.0.9:9100', '--rotate', '3');
    expect(settingsSchema.parse(JSON.parse(await read('new', 'var/lib/madoguchi/settings.json')))).toMatchObject({
      central: 'https://central.example',
      printer: 'tcp://10.0.0.9:9100',
      mode: 'self-service',
    });
    expect(await read('new', 'etc/madoguchi/kiosk.env')).toBe('CAGE_OPTIONS=-r -r -r\nXKB_DEFAULT_LAYOUT=jp\n');
    for (const file of [
      ...['etc/systemd/system/madoguchi.service', 'etc/systemd/logind.conf.d/madoguchi.conf'],
      ...['etc/sysctl.d/90-madoguchi.conf', 'etc/sysusers.d/madoguchi.conf'],
      'etc/udev/rules.d/70-madoguchi-printer.rules',
    ]) {
      expect((await stat(join(folder, 'new', file))).mode & 0o777, file).toBe(0o644);
    }
    expect((await stat(join(folder, 'new/var/lib/madoguchi'))).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'new/var/lib/madoguchi/settings.json'))).mode & 0o777).toBe(0o600);
  });

  it('takes the printer on USB under the name that udev gives it, when none is named', async () => {
    await install('usb', '--central', 'https://central.example');
    const { printer } = settingsSchema.parse(JSON.parse(await read('usb', 'var/lib/madoguchi/settings.json')));
    const rules = await read('usb', 'etc/udev/rules.d/70-madoguchi-printer.rules');
    expect(printer).toBe(`/dev/${/SYMLINK\+="([^"]+)"/.exec(rules)?.[1] ?? ''}`);
  });

  it('keeps the settings when it runs again', async () => {
    await install('again', '--central', 'https://central.example', '--rotate', '1');
    const settings = join(folder, 'again/var/lib/madoguchi/settings.json');
    const edited = JSON.stringify({ ...JSON.parse(await readFile(settings, 'utf8')), pixelsPerMm: 4 });
    await writeFile(settings, edited);
    await install('again');
    expect(await readFile(settings, 'utf8')).toBe(edited);
    expect(await read('again', 'etc/madoguchi/kiosk.env')).toContain('CAGE_OPTIONS=-r\n');
  });

  it('takes away what an earlier version put there and nothing reads any more', async () => {
    const pam = join(folder, 'old/etc/pam.d/madoguchi');
    await mkdir(dirname(pam), { recursive: true });
    await writeFile(pam, 'auth required pam_deny.so\n');
    await install('old', '--central', 'https://central.example');
    expect(await readdir(dirname(pam))).toEqual([]);
  });

  it.each([
    [[], '--central'],
    [['--central', 'http://central.example'], 'https'],
    [['--central', 'https://central.example', '--printer', 'lp0'], '--printer'],
    [['--central', 'https://central.example', '--mode', 'demo'], '--mode'],
    [['--central', 'https://central.example', '--rotate', '90'], '--rotate'],
    [['--central'], 'needs a value'],
    [['--central', 'https://central.example/"}'], 'quotes'],
    [['--demo', 'yes'], 'unknown option'],
  ])('ends with 2 and a line on %j', async (options, word) => {
    const failed: unknown = await install('refused', ...options).catch((error: unknown) => error);
    const { code, stderr } = endSchema.parse(failed);
    expect([code, stderr]).toEqual([2, expect.stringContaining(word)]);
  });

  it.each([
    ['has', ' -r\t Rotate the output', null],
    ['has not', ' -s\t Allow VT switching', 2],
  ])('asks cage to rotate only where it %s the option', async (which, line, code) => {
    const cage = join(folder, which, 'usr/bin/cage');
    await mkdir(dirname(cage), { recursive: true });
    await writeFile(cage, `#!/bin/sh\nprintf 'Usage: cage\\n\\n${line}\\n'\n`, { mode: 0o755 });
    const end: unknown = await install(which, '--central', 'https://central.example', '--rotate', '1').then(
      () => null,
      (error: unknown) => endSchema.parse(error).code,
    );
    expect(end).toBe(code);
  });

  it.skipIf(!has('shellcheck'))('has nothing that shellcheck minds', async () => {
    await run('shellcheck', [installer]);
  });
});

describe('what the unit of a Linux kiosk says', () => {
  /** Every value that it gives to a setting. */
  const readUnit = async () => {
    const unit = await readFile(join(kiosk, 'madoguchi.service'), 'utf8');
    return (name: string): readonly string[] =>
      unit.split('\n').flatMap((line) => (line.startsWith(`${name}=`) ? [line.slice(name.length + 1)] : []));
  };

  it('lets the sign of life of a process below cage count', async () => {
    const given = await readUnit();
    expect([given('WatchdogSec'), given('NotifyAccess')]).toEqual([['60'], ['all']]);
    // A PAM session moves the processes to another unit, where their signs of life and this one's limits are lost.
    expect(given('PAMName')).toEqual([]);
  });

  it('gives cage a runtime folder that ProtectHome does not hide', async () => {
    const given = await readUnit();
    const runtime = given('Environment').flatMap((line) => /XDG_RUNTIME_DIR=(\S+)/.exec(line)?.[1] ?? []);
    expect(runtime).toEqual(given('RuntimeDirectory').map((name) => `/run/${name}`));
  });
});

describe.skipIf(!has('systemd-analyze'))('the unit of a Linux kiosk', () => {
  /** A machine with just the programs that the unit starts. */
  const machineWithUnit = async (): Promise<string> => {
    const machine = join(folder, 'unit');
    for (const program of ['usr/bin/cage', 'opt/Madoguchi/madoguchi']) {
      await mkdir(dirname(join(machine, program)), { recursive: true });
      await writeFile(join(machine, program), '#!/bin/sh\n');
      await chmod(join(machine, program), 0o755);
    }
    const unit = join(machine, 'etc/systemd/system/madoguchi.service');
    await mkdir(dirname(unit), { recursive: true });
    await copyFile(join(kiosk, 'madoguchi.service'), unit);
    return machine;
  };

  it('is understood by systemd to the last line', async () => {
    const machine = await machineWithUnit();
    const { stderr } = await run('systemd-analyze', [
      ...['verify', '--man=no', '--recursive-errors=no', `--root=${machine}`],
      '/etc/systemd/system/madoguchi.service',
    ]);
    expect(stderr).toBe('');
  });

  it('is locked down: of 10 (open) it reaches less than 3', async () => {
    const machine = await machineWithUnit();
    await run('systemd-analyze', [
      ...['security', '--offline=true', '--threshold=30', `--root=${machine}`, 'madoguchi.service'],
    ]);
  });
});
