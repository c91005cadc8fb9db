import type { Plugin } from 'vite';

const NOTHING = '\0nothing';

/**
 * Bundles face-api for a thread of Node: on the parts of TensorFlow that it needs rather than all of it, on WebAssembly
 * alone, and without what would ask the network.
 * @param tensorflow file that has these parts
 */
export const faceLibrary = (tensorflow: string): Plugin => ({
  name: 'face-library',
  enforce: 'pre',
  resolveId: (source, importer = '') => {
    if (source === '@tensorflow/tfjs/dist/index.js') return tensorflow;
    if (source === '@tensorflow/tfjs-backend-webgl/dist/index.js') return NOTHING;
    return source === 'node-fetch' && importer.includes('@tensorflow') ? NOTHING : null;
  },
  load: (id) => (id === NOTHING ? 'export {};' : null),
  // A module of ours has no such name, and where the .wasm lies is said.
  transform: (code, id) =>
    /tfjs-backend-wasm[\\/]wasm-out[\\/]/.test(id) ? { code: code.replaceAll('__dirname', "''"), map: null } : null,
});
