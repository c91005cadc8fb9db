import { createHash } from 'node:crypto';
import {
  CAPTURE_ERRORS,
  capturePartSchema,
  captureRequestSchema,
  type CaptureState,
} from '../../../shared/central-api/captures.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';

interface Held {
  readonly bytes: number;
  content: Buffer;
  isComplete: boolean;
}

export interface CaptureReply {
  readonly status: number;
  readonly json: unknown;
}

/** Central's side of pictures, in memory and strict. */
export class FakeCaptures {
  private readonly held = new Map<string, Held>();

  /** null: the path is another's. */
  serve(method: string, path: string, body: string): CaptureReply | null {
    const found = new RegExp(`^${CENTRAL_PATHS.captures}/([^/]+)/([0-9a-f]{64})(/parts)?$`).exec(path);
    if (found === null) return null;
    const [, applicationId = '', hash = '', parts] = found;
    if (parts !== undefined) return this.add(applicationId, hash, body);
    if (method === 'PUT') return this.declare(applicationId, hash, body);
    const held = this.held.get(`${applicationId}/${hash}`);
    return held === undefined ? refuse(404, 'not-found') : this.stateOf(hash, held);
  }

  contentOf(applicationId: string, hash: string): Buffer | null {
    const held = this.held.get(`${applicationId}/${hash}`);
    return held?.isComplete === true ? held.content : null;
  }

  /** As if central had lost them, or had thought them abandoned. */
  forget(): void {
    this.held.clear();
  }

  private declare(applicationId: string, hash: string, body: string): CaptureReply {
    const key = `${applicationId}/${hash}`;
    const { bytes } = captureRequestSchema.parse(JSON.parse(body));
    const held = this.held.get(key) ?? { bytes, content: Buffer.alloc(0), isComplete: false };
    this.held.set(key, held);
    return held.bytes === bytes ? this.stateOf(hash, held) : refuse(409, 'capture-differs');
  }

  private add(applicationId: string, hash: string, body: string): CaptureReply {
    const held = this.held.get(`${applicationId}/${hash}`);
    if (held === undefined) return refuse(404, 'not-found');
    const { offset, base64 } = capturePartSchema.parse(JSON.parse(body));
    if (held.isComplete) return this.stateOf(hash, held);
    if (offset !== held.content.length) return refuse(409, CAPTURE_ERRORS.offset);
    held.content = Buffer.concat([held.content, Buffer.from(base64, 'base64')]);
    if (held.content.length > held.bytes) return refuse(422, 'capture-part');
    if (held.content.length < held.bytes) return this.stateOf(hash, held);
    if (createHash('sha256').update(held.content).digest('hex') !== hash) {
      held.content = Buffer.alloc(0);
      return refuse(422, CAPTURE_ERRORS.hash);
    }
    held.isComplete = true;
    return this.stateOf(hash, held);
  }

  private stateOf(hash: string, { bytes, content, isComplete }: Held): CaptureReply {
    const json: CaptureState = { hash, bytes, received: content.length, complete: isComplete };
    return { status: 200, json };
  }
}

const refuse = (status: number, code: string): CaptureReply => ({ status, json: { code, reason: code } });
