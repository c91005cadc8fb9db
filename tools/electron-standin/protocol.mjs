import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemes } from './address.mjs';
import { state } from './state.mjs';
import { strictObject } from './strict.mjs';

const handlers = new Map();
const FILE_TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

export const protocol = strictObject('protocol', {
  registerSchemesAsPrivileged(list) {
    if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges = {} } of list) {
      if (!privileges.standard || !privileges.secure || !privileges.supportFetchAPI) {
        throw new Error(`electron stand-in: only standard, secure schemes with fetch are provided, not ${scheme}:`);
      }
      schemes.add(scheme);
    }
  },
  handle(scheme, handler) {
    if (!schemes.has(scheme)) throw new Error(`electron stand-in: ${scheme}: was not registered as privileged`);
    if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
    handlers.set(scheme, handler);
  },
  unhandle: (scheme) => handlers.delete(scheme),
  isProtocolHandled: (scheme) => handlers.has(scheme),
});

const schemeOf = (url) => url.slice(0, url.indexOf(':'));

/** The app's answer to a request, or undefined when no handler of its own is there. */
export function answerRequest(request) {
  const handler = handlers.get(schemeOf(request.url));
  return handler && (async () => handler(request))();
}

async function readFileUrl(url) {
  const file = fileURLToPath(url);
  const type = FILE_TYPES[path.extname(file)] ?? 'application/octet-stream';
  return new Response(await fs.readFile(file), { headers: { 'content-type': type } });
}

export const net = strictObject('net', {
  fetch: async (input, init) => {
    const request = new Request(input, init);
    if (request.url.startsWith('file:')) return readFileUrl(request.url);
    return answerRequest(request) ?? fetch(request);
  },
});
