import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { findProgram, root } from '../../tools/project.mjs';

const run = promisify(execFile);
const access = join(root, 'build/kiosk/windows/assigned-access.xml');
const setUp = join(root, 'build/kiosk/windows/setup.ps1');
const builder = join(root, 'build/electron-builder.yml');

describe('the set-up of a Windows kiosk', () => {
  it.skipIf(findProgram('xmllint') === undefined)('is well-formed XML', async () => {
    await run('xmllint', ['--noout', '--nonet', access]);
  });

  it('starts the program that the installer puts there, with the data that the script prepares', async () => {
    const [xml, script, yml] = await Promise.all([access, setUp, builder].map((file) => readFile(file, 'utf8')));
    const product = /^productName: (.+)$/m.exec(yml ?? '')?.[1] ?? '';
    expect(xml).toContain(`ClassicAppPath="%ProgramFiles%\\${product}\\${product}.exe"`);
    expect(script).toContain(`'${product}\\${product}.exe'`);
    const data = /^\$Data = '(.+)'\r?$/m.exec(script ?? '')?.[1] ?? '';
    expect(xml).toContain(`ClassicAppArguments="--data ${data}"`);
  });

  it('uses one profile, and names no way out of it', async () => {
    const xml = await readFile(access, 'utf8');
    const ids = [...xml.matchAll(/(?:Default)?Profile Id="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
    expect(xml).not.toContain('BreakoutSequence');
  });
});
