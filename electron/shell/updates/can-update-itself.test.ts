import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { canReplaceProgram, readUpdateKey } from './can-update-itself.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'can-update-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('whether a terminal updates itself', () => {
  it('depends on whether it can write where its program lies, and leaves nothing there', () => {
    expect(canReplaceProgram({ env: {}, program: join(folder, 'madoguchi') })).toBe(true);
    expect(canReplaceProgram({ env: {}, program: '/proc/madoguchi/madoguchi' })).toBe(false);
    expect(canReplaceProgram({ env: { APPIMAGE: join(folder, 'a.AppImage') }, program: '/proc/x/madoguchi' })).toBe(
      true,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it("depends on whether the release holds the operator's key", () => {
    expect(readUpdateKey(folder)).toBeNull();
    mkdirSync(join(folder, 'updates'));
    writeFileSync(join(folder, 'updates', 'public-key.pem'), 'PEM');
    expect(readUpdateKey(folder)).toBe('PEM');
  });
});
