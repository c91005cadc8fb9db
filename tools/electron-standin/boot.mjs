// What Electron's binary does at its start: argument list, module loader, the app's main, then the browser.
import fs from 'node:fs';
import Module, { createRequire, register } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const RESOURCES = 'resources';
/** Node's options among Electron's that take a value of their own. */
const TAKES_VALUE = new Set(['-r', '--require']);

const [executable, ...args] = process.argv.slice(2);
const resourcesPath = path.join(path.dirname(executable), RESOURCES);
process.argv = [executable, ...args];
process.execPath = executable;
Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'resourcesPath', { value: resourcesPath, enumerable: true });
process.versions.electron = createRequire(import.meta.url)('electron/package.json').version;

const { default: electron, launch } = await import('./module.mjs');
register('./resolve-electron.mjs', import.meta.url);
const loadFromNode = Module._load;
/** Without archives to read, the file system of Electron is the original one. */
const BUILT_IN = { electron, 'electron/main': electron, 'original-fs': fs };
Module._load = (request, ...rest) => BUILT_IN[request] ?? loadFromNode(request, ...rest);

const { preloads, appPath } = readArguments(args);
const require = createRequire(path.join(process.cwd(), 'electron'));
for (const file of preloads) require(path.resolve(file));
const found = await findApp(appPath);
launch.describeApp(found);
await import(pathToFileURL(found.main).href);
await launch.startBrowser();

function readArguments(list) {
  const preloads = [];
  let appPath;
  for (let index = 0; index < list.length; index += 1) {
    if (TAKES_VALUE.has(list[index])) preloads.push(list[++index]);
    else if (!list[index].startsWith('-')) appPath ??= list[index];
  }
  return { preloads, appPath };
}

/** Beside the executable when packed, else the folder or file on the command line. */
async function findApp(given) {
  const packed = path.join(resourcesPath, 'app.asar');
  if (fs.existsSync(packed)) {
    const { unpackForNode } = await import('./asar.mjs');
    return describe(unpackForNode(packed), packed);
  }
  const folder = path.join(resourcesPath, 'app');
  if (fs.existsSync(folder)) return describe(folder);
  if (given === undefined) throw new Error('electron stand-in: name the folder of an app');
  return describe(path.resolve(given));
}

function describe(target, packed) {
  if (fs.statSync(target).isFile())
    return { main: target, folder: path.dirname(target), name: 'Electron', version: '0' };
  const manifest = JSON.parse(fs.readFileSync(path.join(target, 'package.json'), 'utf8'));
  return {
    main: path.join(target, manifest.main ?? 'index.js'),
    folder: target,
    name: manifest.productName ?? manifest.name,
    version: manifest.version ?? '0',
    packed,
  };
}
