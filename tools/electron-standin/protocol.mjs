import fs from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { schemes } from './address.mjs';
import { state } from './state.mjs';
import { strictObject } from './strict.mjs';

const FILE_TYPES = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

function registerSchemesAsPrivileged(list) {
  if (state.ready) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
  for (const { scheme, privileges = {} } of list) {
    if (!privileges.standard || !privileges.secure || !privileges.supportFetchAPI) {
      throw new Error(`electron stand-in: only standard, secure schemes with fetch are provided, not ${scheme}:`);
    }
    schemes.add(scheme);
  }
}

/** The protocols of one session. */
export function createProtocol() {
  const handlers = new Map();
  const protocol = strictObject('protocol', {
    handle(scheme, handler) {
      if (!schemes.has(scheme)) throw new Error(`electron stand-in: ${scheme}: was not registered as privileged`);
      if (handlers.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      handlers.set(scheme, handler);
    },
    unhandle: (scheme) => handlers.delete(scheme),
    isProtocolHandled: (scheme) => handlers.has(scheme),
  });
  /** The app's answer, or undefined when it handles no such scheme. */
  const answer = (request) => {
    const handler = handlers.get(request.url.slice(0, request.url.indexOf(':')));
    return handler && (async () => handler(request))();
  };
  return { protocol, answer };
}

const ofDefaultSession = createProtocol();

export const answerByDefault = ofDefaultSession.answer;
export const protocol = Object.assign(ofDefaultSession.protocol, { registerSchemesAsPrivileged });

async function readFileUrl(url) {
  const file = fileURLToPath(url);
  const type = FILE_TYPES[path.extname(file)] ?? 'application/octet-stream';
  return new Response(await fs.readFile(file), { headers: { 'content-type': type } });
}

export const net = strictObject('net', {
  fetch: async (input, init) => {
    const request = new Request(input, init);
    if (request.url.startsWith('file:')) return readFileUrl(request.url);
    return answerByDefault(request) ?? fetch(request);
  },
});
