import { ORPCError } from '@orpc/server';
import { type MinimalWebsocket, RPCHandler } from '@orpc/server/websocket';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CAPTURE_LIMITS } from '../../../shared/central-api/captures.ts';
import type { Logger } from '../log/logger.ts';
import type { Timers } from '../ports.ts';
import type { Router } from './router.ts';

/** Frames to and from one page, whatever carries them. */
export interface Carrier {
  send(frame: string | Uint8Array): void;
  onFrame(listener: (frame: unknown) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

export interface ChannelServer {
  serve(carrier: Carrier): void;
}

/** Far above any call of the contract without a picture. */
export const MAX_FRAME_CHARACTERS = 256 * 1024;
/** A picture, with what its call says beside it. */
export const MAX_FRAME_BYTES = CAPTURE_LIMITS.bytes + 64 * 1024;
/** What the codec puts between the text of a frame and its bytes; UTF-8 has no such byte. */
const BYTES_FOLLOW = 0xff;
const CALL_DEADLINE_MS = 45_000;

/** The codec's envelope: id, kind of message, content. Checked before the codec sees a frame. */
const frameSchema = z.looseObject({
  i: z.string().min(1).max(64),
  t: z.int().min(1).max(4).optional(),
  p: z.unknown().optional(),
});
const requestSchema = z.looseObject({ u: z.string().max(500) });

/** A frame that is none ends its own connection and nothing else. */
export function createChannelServer(parts: { router: Router; log: Logger; timers: Timers }): ChannelServer {
  const { router, log, timers } = parts;
  const handler = new RPCHandler(router, {
    clientInterceptors: [
      ({ next, path }) => withDeadline(next(), timers).catch((error: unknown) => fail(error, path, log)),
    ],
  });
  return {
    serve: (carrier) => {
      let open = true;
      const peer: MinimalWebsocket = {
        // The handler is given each frame by us, after it was looked at.
        addEventListener: () => undefined,
        send: (frame: string | ArrayBufferLike | ArrayBufferView) => {
          if (open) carrier.send(typeof frame === 'string' ? frame : bytesOf(frame));
        },
      };
      const end = (): void => {
        if (!open) return;
        open = false;
        handler.close(peer);
        carrier.close();
      };
      carrier.onClose(end);
      carrier.onFrame((frame) => {
        if (!open) return;
        if (!isFrame(frame)) {
          log.warn({ code: 'malformed-frame' }, 'connection closed');
          return end();
        }
        handler.message(peer, typeof frame === 'string' ? frame : bufferOf(frame), { context: {} }).catch(() => {
          log.warn({ code: 'frame-refused' }, 'connection closed');
          end();
        });
      });
    },
  };
}

function isFrame(frame: unknown): frame is string | Uint8Array | ArrayBuffer {
  const text = textOf(frame);
  if (text === null || text.length > MAX_FRAME_CHARACTERS) return false;
  try {
    const parsed = frameSchema.safeParse(JSON.parse(text));
    if (!parsed.success) return false;
    const { t, p } = parsed.data;
    return (t ?? 1) !== 1 || requestSchema.safeParse(p).success;
  } catch {
    return false;
  }
}

/** null: it has none. */
function textOf(frame: unknown): string | null {
  if (typeof frame === 'string') return frame;
  if (!(frame instanceof Uint8Array) && !(frame instanceof ArrayBuffer)) return null;
  if (frame.byteLength > MAX_FRAME_BYTES) return null;
  const bytes = frame instanceof Uint8Array ? frame : new Uint8Array(frame);
  const end = bytes.indexOf(BYTES_FOLLOW);
  return end === -1 ? null : new TextDecoder().decode(bytes.subarray(0, end));
}

function withDeadline<T>(call: Promise<T>, timers: Timers): Promise<T> {
  return new Promise((resolve, reject) => {
    const cancel = timers.after(CALL_DEADLINE_MS, () => reject(new Error('call deadline')));
    call.then(resolve, reject).finally(cancel);
  });
}

/** What the contract names passes as it is; of anything else only a number reaches the page. */
function fail(error: unknown, path: readonly string[], log: Logger): never {
  if (error instanceof ORPCError) {
    if (error.defined) throw error;
    if (error.code === 'BAD_REQUEST')
      throw new ORPCError('BAD_REQUEST', { message: 'Input does not fit the contract' });
  }
  const correlationId = randomUUID();
  log.error({ err: error, correlationId, call: path.join('.') }, 'call failed');
  throw new ORPCError('INTERNAL', { message: 'Internal error', data: { correlationId } });
}

/** As the codec takes bytes: of their own. */
function bufferOf(frame: Uint8Array | ArrayBuffer): ArrayBuffer {
  return frame instanceof Uint8Array ? Uint8Array.from(frame).buffer : frame;
}

function bytesOf(frame: ArrayBufferLike | ArrayBufferView): Uint8Array {
  return ArrayBuffer.isView(frame)
    ? new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)
    : new Uint8Array(frame);
}
