import { Pool } from 'undici';
import type { AnswerHeaders } from './central-answer.ts';

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With its query; relative to central's address. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

export type TransportAnswer =
  /** `json` undefined: the body is no JSON. */
  | { readonly kind: 'answer'; readonly status: number; readonly headers: AnswerHeaders; readonly json: unknown }
  | { readonly kind: 'no-answer'; readonly sent: boolean; readonly cause: string };

export interface Transport {
  send(request: TransportRequest): Promise<TransportAnswer>;
  close(): Promise<void>;
}

/** Half as many again as applications are sent at once: central may take its time over each, and a customer signs in. */
const CONNECTIONS = 24;
const CONNECT_TIMEOUT_MS = 3_000;
const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Errors after which nothing of the request can have reached central. */
const NEVER_SENT = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
];

/**
 * Keep-alive connections to central. Follows no redirects, retries nothing.
 * @param central checked address of central (see settings)
 * @param ca the operator's own certificate authority (PEM); null: the system's
 */
export function createTransport({ central, ca }: { central: URL; ca: string | null }): Transport {
  const base = central.pathname.replace(/\/$/, '');
  const pool = new Pool(central.origin, {
    connections: CONNECTIONS,
    connect: { timeout: CONNECT_TIMEOUT_MS, ...(ca === null ? {} : { ca }) },
  });
  return {
    send: async ({ method, path, headers, body, timeoutMs }) => {
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(new Error('deadline')), timeoutMs);
      try {
        const response = await pool.request({
          method,
          path: `${base}${path}`,
          headers: { accept: 'application/json', ...headers },
          body: body ?? null,
          signal: deadline.signal,
        });
        const chunks: Buffer[] = [];
        let size = 0;
        const received: AsyncIterable<Uint8Array> = response.body;
        for await (const chunk of received) {
          const bytes = Buffer.from(chunk);
          size += bytes.length;
          if (size > MAX_BODY_BYTES) throw new Error('body too large');
          chunks.push(bytes);
        }
        const header = (name: string): string | null => {
          const value = response.headers[name];
          return typeof value === 'string' ? value : (value?.[0] ?? null);
        };
        return {
          kind: 'answer',
          status: response.statusCode,
          headers: {
            date: header('date'),
            retryAfter: header('retry-after'),
            etag: header('etag'),
            totalCount: header('x-total-count'),
          },
          json: parseJson(Buffer.concat(chunks)),
        };
      } catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : 'deadline';
        return { kind: 'no-answer', sent: !NEVER_SENT.includes(code), cause: code };
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => pool.destroy(),
  };
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
