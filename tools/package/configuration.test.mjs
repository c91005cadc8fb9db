import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../project.mjs';

const modules = createRequire(import.meta.url);
const { DebugLogger } = modules('builder-util');
const { getConfig, validateConfiguration } = modules('app-builder-lib/out/util/config/config');
const schema = modules('app-builder-lib/scheme.json');

let configuration;
beforeAll(async () => {
  configuration = await getConfig(root, path.join(root, 'build/electron-builder.yml'), null);
});

const validate = (changes = {}) => validateConfiguration({ ...configuration, ...changes }, new DebugLogger(false));

describe('build/electron-builder.yml', () => {
  it('passes electron-builder’s own validator, which is awake', async () => {
    await expect(validate()).resolves.toBeUndefined();
    await expect(validate({ electronFuzes: {} })).rejects.toThrow('electronFuzes');
    await expect(validate({ deb: { maintainers: 'x' } })).rejects.toThrow('configuration.deb');
  });

  it('makes NSIS for Windows, deb and AppImage for Linux', () => {
    expect([configuration.win.target, configuration.linux.target]).toEqual(['nsis', ['deb', 'AppImage']]);
  });

  it('leaves no fuse to a default', () => {
    const known = Object.keys(schema.definitions.FuseOptionsV1.properties);
    // The one that is no fuse: what to do about a signature on macOS.
    const fuses = known.filter((name) => name !== 'resetAdHocDarwinSignature').sort();
    expect(Object.keys(configuration.electronFuses).sort()).toEqual(fuses);
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      loadBrowserProcessSpecificV8Snapshot: false,
      grantFileProtocolExtraPrivileges: false,
    });
  });

  it('signs what Windows installs, checks the signature of updates, and names no update server of its own', () => {
    expect(configuration.win).toMatchObject({ forceCodeSigning: true, verifyUpdateCodeSignature: true });
    expect(configuration.publish).toEqual({ provider: 'generic', url: `$\{env.MADOGUCHI_UPDATE_URL}` });
  });

  it('is packed by a command that Windows’ shell understands too', () => {
    const { scripts } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
    expect(scripts.package).toMatch(/^node /);
  });

  it('gives an AppImage a name without a version, since it keeps that through every update', () => {
    expect(configuration.appImage.artifactName).toBe('$\{name}-$\{arch}.$\{ext}');
  });

  it('finds every file that it names', () => {
    const named = [
      ...[configuration.afterPack, `build/${configuration.linux.icon}/512x512.png`, `build/${configuration.win.icon}`],
      ...[...configuration.linux.extraFiles, ...configuration.win.extraFiles].map(({ from }) => from),
    ];
    for (const file of named) expect(fs.existsSync(path.join(root, file)), file).toBe(true);
  });
});
