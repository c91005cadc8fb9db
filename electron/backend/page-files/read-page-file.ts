import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { NONCE_PLACE } from './nonce-place.ts';
import { contentSecurityPolicy, SECURITY_HEADERS } from './page-policy.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
  '.mp3': 'audio/mpeg',
  '.ogg': 'audio/ogg',
  '.wav': 'audio/wav',
};

export interface PageReply {
  readonly status: 200 | 404;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * One file of the renderer's build, with its headers; a path without an extension is the page itself. Nothing outside
 * the folder and nothing of a kind that a page doesn't need is ever read.
 * @param path decoded
 */
export async function readPageFile(input: {
  rendererDir: string;
  path: string;
  channel: string | null;
}): Promise<PageReply> {
  const { path, channel } = input;
  const folder = normalize(input.rendererDir);
  const file = normalize(join(folder, extname(path) === '' ? 'index.html' : path));
  const type = CONTENT_TYPES[extname(file)];
  const bytes = file.startsWith(folder + sep) && type !== undefined ? await read(file) : null;
  if (bytes === null || type === undefined) {
    return { status: 404, headers: { ...SECURITY_HEADERS, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
  }
  if (!type.startsWith('text/html')) {
    const caching = path.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    return {
      status: 200,
      headers: { ...SECURITY_HEADERS, 'content-type': type, 'cache-control': caching },
      body: bytes,
    };
  }
  const nonce = randomBytes(16).toString('base64');
  const html = bytes.toString('utf8').replaceAll(NONCE_PLACE, nonce);
  return {
    status: 200,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(nonce, channel),
      'cache-control': 'no-store',
    },
    body: Buffer.from(html),
  };
}

async function read(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}
