import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Arch } from 'electron-builder';
import { isMachineProgram, nativeModuleProblems } from '../tools/package/native-modules.mjs';

const modules = createRequire(import.meta.url);

/** electron-builder calls this when everything is in place, before it sets the fuses and signs. */
export default async function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const isWindows = electronPlatformName === 'win32';
  const program = isWindows ? `${packager.appInfo.productFilename}.exe` : packager.executableName;
  // The stand-in runs on Node and needs Node's ABI. It can't be mistaken for a release: its program is a script.
  if (!isMachineProgram(path.join(appOutDir, program))) return;
  const version = packager.info.framework.version;
  const installed = modules('electron/package.json').version;
  if (version !== installed) {
    throw new Error(`packing Electron ${version}, but its ABI is known for ${installed} only (node_modules/electron)`);
  }
  const abi = Number(fs.readFileSync(modules.resolve('electron/abi_version'), 'utf8'));
  const problems = nativeModuleProblems(path.join(appOutDir, 'resources'), {
    platform: electronPlatformName,
    arch: Arch[arch],
    abi,
  });
  if (problems.length > 0) throw new Error(`native modules of the wrong kind:\n  ${problems.join('\n  ')}`);
}
