import asar from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import fs from 'node:fs';
import path from 'node:path';

/** Nothing else may lie in the archive. */
const MAY_BE_IN = [
  /^package\.json$/,
  /^out\/main\/(chunks\/)?[\w.-]+\.js$/,
  /^out\/preload\/preload\.cjs$/,
  /^out\/renderer\/(\w+\.html|assets\/[\w.-]+)$/,
  /^resources\/updates\/public-key\.pem$/,
  /^resources\/terms\/(ja|en|zh|ko)\/[\w-]+\.json$/,
  /^resources\/identity\/policy\.json$/,
  /^resources\/updates\/public-key\.pem$/,
  /^node_modules\/(better-sqlite3|bindings|file-uri-to-path|@napi-rs\/canvas(-[\w-]+)?)\/.+\.(js|node|json)$/,
  /^node_modules\/@fontsource-variable\/noto-sans-(jp|kr|sc)\/(package\.json|unicode\.json|files\/[\w-]+\.woff2)$/,
  /^node_modules\/@expo-google-fonts\/noto-sans-jp\/(package\.json|LICENSE_FONT|\w+\/NotoSansJP_(400Regular|700Bold)\.ttf)$/,
  /^node_modules\/@tensorflow\/tfjs-backend-wasm\/(package\.json|wasm-out\/tfjs-backend-wasm-simd\.wasm)$/,
  /^node_modules\/@vladmandic\/face-api\/(package\.json|model\/(tiny_face_detector|face_landmark_68|face_recognition)_model(-weights_manifest\.json|\.bin))$/,
  /^node_modules\/(@[\w-]+\/)?[\w-]+\/LICEN[CS]E(\.\w+)?$/,
];

const FACE_MODELS = ['tiny_face_detector', 'face_landmark_68', 'face_recognition'].flatMap((name) =>
  ['-weights_manifest.json', '.bin'].map((end) => `node_modules/@vladmandic/face-api/model/${name}_model${end}`),
);

/** What the application can't start, print, be read or compare faces without. */
const MUST_BE_IN = [
  ...[
    'package.json',
    'out/main/main.js',
    'out/main/drawing-thread.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
  ],
  ...['ja', 'en', 'zh', 'ko'].map((language) => `resources/terms/${language}/common.json`),
  'resources/identity/policy.json',
  'node_modules/better-sqlite3/build/Release/better_sqlite3.node',
  ...['jp', 'kr', 'sc'].map((family) => `node_modules/@fontsource-variable/noto-sans-${family}/unicode.json`),
  ...['400Regular', '700Bold'].map(
    (weight) => `node_modules/@expo-google-fonts/noto-sans-jp/${weight}/NotoSansJP_${weight}.ttf`,
  ),
  'node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-simd.wasm',
  ...FACE_MODELS,
];

/** Beside the archive. Electron would run a folder named app or a default_app.asar too. */
const MAY_BE_BESIDE = [
  ...['app.asar', 'app.asar.unpacked', 'app-update.yml', 'LICENCES.txt'],
  // Of electron-builder's Linux and Windows installers.
  ...['apparmor-profile', 'elevate.exe', 'package-type'],
];

/** Those that the configuration sets, and WasmTrapHandlers, which stays as Electron ships it. */
const KNOWN_FUSES = 9;

/** Words of demo, simulators and tools. None of them may be in the code of a release; a new one of these comes here. */
export const NOT_IN_A_RELEASE = [
  ['the demo customers', 'taro@example.jp'],
  ['the password of the demo', 'Counter2026'],
  ['the mail catcher of the demo', '/demo/mails'],
  ['the virtual printer', 'virtual-printer'],
  ['embedded PostgreSQL', 'pglite'],
  ['the browser host', 'browser-profile'],
  ['the simulated reader of chips', 'simulated-id-reader'],
  ['the development dock', 'The development dock is at'],
];

/** Reads a packed folder back and says what is wrong with it, a line each. */
export async function packageProblems({ folder, program, fuses }) {
  const resources = path.join(folder, 'resources');
  const archive = path.join(resources, 'app.asar');
  return [
    ...archiveProblems(archive),
    ...outsideProblems(resources, archive),
    ...(await fuseProblems(path.join(folder, program), fuses)),
  ];
}

function archiveProblems(archive) {
  const files = filesIn(archive);
  const contentOf = (file) => asar.extractFile(archive, path.normalize(file)).toString('latin1');
  const code = files.filter((file) => /^out\/.+\.(c?js|html)$/.test(file));
  const { main } = JSON.parse(contentOf('package.json'));
  return [
    ...MUST_BE_IN.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files
      .filter((file) => !MAY_BE_IN.some((pattern) => pattern.test(file)))
      .map((file) => `${file} does not belong there`),
    ...(main === 'out/main/main.js' ? [] : [`package.json starts ${main}`]),
    ...code.flatMap((file) => {
      const content = contentOf(file);
      return NOT_IN_A_RELEASE.filter(([, word]) => content.includes(word)).map(([what]) => `${file} holds ${what}`);
    }),
  ];
}

/** Native modules lie beside the archive, and nothing else: only the archive is checked when it is read. */
function outsideProblems(resources, archive) {
  const unpacked = path.join(resources, 'app.asar.unpacked');
  const outside = fs.existsSync(unpacked)
    ? fs.readdirSync(unpacked, { recursive: true }).filter((name) => fs.statSync(path.join(unpacked, name)).isFile())
    : [];
  const natives = filesIn(archive).filter((file) => file.endsWith('.node'));
  const withTheApp = ['LICENCES.txt', '../LICENSE.electron.txt', '../LICENSES.chromium.html', '../kiosk'];
  return [
    ...natives.filter((file) => !outside.includes(path.normalize(file))).map((file) => `${file} is not unpacked`),
    ...fs
      .readdirSync(resources)
      .filter((name) => !MAY_BE_BESIDE.includes(name))
      .map((name) => `resources/${name} does not belong there`),
    ...outside.filter((file) => !file.endsWith('.node')).map((file) => `${file} lies outside the archive`),
    ...withTheApp.filter((file) => !fs.existsSync(path.join(resources, file))).map((file) => `${file} is missing`),
  ];
}

async function fuseProblems(program, fuses) {
  const wire = await getCurrentFuseWire(program);
  const length = Object.keys(wire).filter((key) => /^\d+$/.test(key)).length;
  const problems = length > KNOWN_FUSES ? [`Electron has ${length} fuses, docs/security.md knows ${KNOWN_FUSES}`] : [];
  const wrong = Object.entries(fuses).flatMap(([name, isOn]) => {
    const option = FuseV1Options[name.replace(/^./, (letter) => letter.toUpperCase())];
    const state = String.fromCharCode(wire[option] ?? 0);
    return state === (isOn ? '1' : '0') ? [] : [`the fuse ${name} is not ${isOn ? 'on' : 'off'}`];
  });
  return [...problems, ...wrong];
}

/** With forward slashes and without folders. */
const filesIn = (archive) =>
  asar
    .listPackage(archive, { isPack: false })
    .map((file) => file.slice(1).replaceAll('\\', '/'))
    .filter((file) => asar.statFile(archive, path.normalize(file), false).files === undefined);
