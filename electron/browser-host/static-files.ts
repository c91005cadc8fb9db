import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';

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

/** Sent with everything, also with refusals. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(self), microphone=(), geolocation=(), payment=(), usb=(), serial=()',
};

/** Style elements that React Aria puts in carry the page's nonce; scripts come from our own files only. */
export function contentSecurityPolicy(port: number, nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self' data:",
    "img-src 'self' data: blob:",
    "media-src 'self' blob:",
    "worker-src 'self'",
    `connect-src 'self' ws://127.0.0.1:${port}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Serves one file of the renderer's build; a path without an extension is the page itself. */
export async function sendFile(
  response: ServerResponse,
  input: { rendererDir: string; path: string; port: number },
): Promise<void> {
  const { rendererDir, path, port } = input;
  const isPage = extname(path) === '';
  const file = normalize(join(rendererDir, isPage ? 'index.html' : path));
  const type = CONTENT_TYPES[extname(file)];
  const bytes = file.startsWith(normalize(rendererDir) + sep) && type !== undefined ? await read(file) : null;
  if (bytes === null || type === undefined) {
    response.writeHead(404, { ...SECURITY_HEADERS, 'cache-control': 'no-store' }).end();
    return;
  }
  if (!type.startsWith('text/html')) {
    const immutable = path.startsWith('/assets/');
    response
      .writeHead(200, {
        ...SECURITY_HEADERS,
        'content-type': type,
        'cache-control': immutable ? 'private, max-age=31536000, immutable' : 'no-cache',
      })
      .end(bytes);
    return;
  }
  const nonce = randomBytes(16).toString('base64');
  const html = bytes.toString('utf8').replace('</head>', `<meta property="csp-nonce" nonce="${nonce}"></head>`);
  response
    .writeHead(200, {
      ...SECURITY_HEADERS,
      'content-type': type,
      'content-security-policy': contentSecurityPolicy(port, nonce),
      'cache-control': 'no-store',
    })
    .end(html);
}

async function read(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch {
    return null;
  }
}
