import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const modules = createRequire(import.meta.url);

/** Machine numbers of executable formats. */
const ELF_MACHINE = { x64: 62, arm64: 183 };
const PE_MACHINE = { x64: 0x86_64, arm64: 0xaa_64 };
const PE_OFFSET_AT = 0x3c;
/** Modules over Node-API load in any version. */
const NODE_API = 'napi_register_module_v';

/** Throws when a packed Electron of this version couldn't load the native modules beside it. */
export function guardNativeModules({ program, resources, platform, arch, version }) {
  // The stand-in runs on Node and needs Node's ABI. It can't be taken for a release: its program is a script.
  if (isStandIn(program)) return;
  const installed = modules('electron/package.json').version;
  if (version !== installed) {
    throw new Error(`packing Electron ${version}, but its ABI is known for ${installed} only (node_modules/electron)`);
  }
  const abi = Number(fs.readFileSync(modules.resolve('electron/abi_version'), 'utf8'));
  const problems = nativeModuleProblems(resources, { platform, arch, abi });
  if (problems.length > 0) throw new Error(`native modules of the wrong kind:\n  ${problems.join('\n  ')}`);
}

/** A real Electron is a program that the machine itself runs. */
export const isStandIn = (program) => machineOf(fs.readFileSync(program)) === undefined;

/**
 * What keeps a packed native module from loading, a line each; empty when all of them load.
 *
 * A module built for one ABI is packed without a word into an application of another, and then fails on the shop's
 * floor: NODE_MODULE_VERSION stands in the name of what it exports, which is looked for here.
 */
export function nativeModuleProblems(folder, { platform, arch, abi }) {
  const files = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.node'))
    .map((entry) => path.join(entry.parentPath, entry.name));
  return files.flatMap((file) => {
    const name = path.relative(folder, file);
    const bytes = fs.readFileSync(file);
    if (machineOf(bytes) !== `${platform} ${arch}`) return [`${name} is not for ${platform} ${arch}`];
    if (bytes.includes(NODE_API) || bytes.includes(`node_register_module_v${abi}\0`)) return [];
    const built = /node_register_module_v(\d+)\0/.exec(bytes.toString('latin1'))?.[1];
    return [`${name} is built for ABI ${built ?? 'unknown'}; this Electron needs ${abi}`];
  });
}

function machineOf(bytes) {
  if (bytes.subarray(0, 4).equals(Buffer.from('\x7fELF', 'latin1'))) {
    return `linux ${archOf(ELF_MACHINE, bytes.readUInt16LE(18))}`;
  }
  if (bytes.subarray(0, 2).toString('latin1') === 'MZ' && bytes.length > PE_OFFSET_AT + 4) {
    const offset = bytes.readUInt32LE(PE_OFFSET_AT);
    if (bytes.length < offset + 6 || bytes.toString('latin1', offset, offset + 4) !== 'PE\0\0') return undefined;
    return `win32 ${archOf(PE_MACHINE, bytes.readUInt16LE(offset + 4))}`;
  }
  return undefined;
}

const archOf = (machines, number) =>
  Object.keys(machines).find((arch) => machines[arch] === number) ?? `machine ${number}`;
