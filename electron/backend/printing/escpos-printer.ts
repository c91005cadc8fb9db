import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { Draw } from '../drawing/drawing-job.ts';
import { Conversation } from './conversation.ts';
import type { Condition } from './conversation.ts';
import type { OpenLink, PrinterLink } from './printer-link.ts';
import type { PrinterStatus, SlipPrinter } from './slip-printer.ts';
import { COMPLETION_MARK, saysPaperEnd } from './status-replies.ts';

/** All in milliseconds. */
export interface PrinterTimings {
  readonly connect: number;
  /** For the answer to a status request before a job. */
  readonly reply: number;
  /** From the first byte of a job to the answer to its completion mark. */
  readonly job: number;
  /** Between two looks at a printer that is still printing. */
  readonly poll: number;
}
export const PRINTER_TIMINGS: PrinterTimings = { connect: 3000, reply: 1500, job: 20_000, poll: 150 };

export interface EscPosPrinterOptions {
  readonly open: OpenLink;
  readonly draw: Draw;
  /** Half-width columns on the paper: 48 for 80 mm, 32 for 58 mm. */
  readonly columns: 48 | 32;
  readonly timings: PrinterTimings;
}

/** Between two pieces of at least this many bytes the printer is asked how it is. */
const CHUNK_BYTES = 2048;

export function createEscPosPrinter({ open, draw, columns, timings }: EscPosPrinterOptions): SlipPrinter {
  let queue: Promise<unknown> = Promise.resolve();
  /** One that has answered once isn't mute: its silence later on means that it is off or hangs. */
  let hasAnswered = false;

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };
  const withLink = async <T>(unreachable: T, work: (link: PrinterLink) => Promise<T>): Promise<T> => {
    const link = await open(timings.connect);
    if (!link.ok) return unreachable;
    try {
      return await work(link.value);
    } finally {
      link.value.close();
    }
  };
  const look = async (conversation: Conversation): Promise<Condition> => {
    const condition = await conversation.ask([1, 2, 3, 4], timings.reply);
    if (condition.kind === 'fine' || condition.kind === 'trouble') hasAnswered = true;
    return condition;
  };

  return {
    print: (slip, language) =>
      inTurn(async () => {
        const drawn = await draw({ kind: 'slip', slip, columns, language });
        if (!drawn.ok) return { kind: 'refused', reason: 'error' };
        const chunks = chunked(drawn.value);
        return await withLink<PrintOutcome>({ kind: 'refused', reason: 'offline' }, async (link) => {
          const conversation = new Conversation(link);
          const condition = await look(conversation);
          switch (condition.kind) {
            case 'trouble':
              return { kind: 'refused', reason: condition.reason };
            case 'lost':
              return { kind: 'refused', reason: 'offline' };
            case 'silent':
              if (hasAnswered) return { kind: 'refused', reason: 'offline' };
              return await printUnwatched(conversation, chunks, timings);
            case 'fine':
              return await printWatched(conversation, chunks, timings);
          }
        });
      }),
    status: () =>
      inTurn(() =>
        withLink<PrinterStatus>('offline', async (link) => {
          const condition = await look(new Conversation(link));
          switch (condition.kind) {
            case 'trouble':
              return condition.reason;
            case 'lost':
              return 'offline';
            case 'silent':
              return hasAnswered ? 'offline' : 'unknown';
            case 'fine':
              return condition.paperLow ? 'paper-low' : 'ready';
          }
        }),
      ),
  };
}

/** From the first byte on, a link that breaks or goes silent means that nobody knows what is on paper. */
async function printWatched(
  conversation: Conversation,
  chunks: readonly Buffer[],
  timings: PrinterTimings,
): Promise<PrintOutcome> {
  const end = performance.now() + timings.job;
  const left = (): number => Math.max(0, end - performance.now());
  for (const chunk of chunks) {
    if ((await conversation.send(chunk, left())) !== 'sent') return { kind: 'unknown' };
    const condition = await conversation.ask([2, 4], left());
    if (condition.kind === 'trouble') return { kind: 'failed', reason: condition.reason };
    if (condition.kind !== 'fine') return { kind: 'unknown' };
  }
  // From here on the job may complete whatever else happens, so the mark's answer is looked at first.
  const mark = conversation.markReply();
  const marked = mark.then(
    (reply): PrintOutcome => (saysPaperEnd(reply) ? { kind: 'failed', reason: 'paper-out' } : { kind: 'printed' }),
  );
  const looking = async (): Promise<PrintOutcome> => {
    if ((await conversation.send(COMPLETION_MARK, left())) !== 'sent') return { kind: 'unknown' };
    while (left() > 0) {
      const condition = await conversation.ask([2, 4], left());
      if (condition.kind === 'trouble') return { kind: 'failed', reason: condition.reason };
      if (condition.kind !== 'fine') return { kind: 'unknown' };
      await conversation.within(mark, Math.min(timings.poll, left()));
    }
    return { kind: 'unknown' };
  };
  return await Promise.race([marked, looking()]);
}

/** A printer that never answers: all that can be said is that the carrier took the bytes. */
async function printUnwatched(
  conversation: Conversation,
  chunks: readonly Buffer[],
  timings: PrinterTimings,
): Promise<PrintOutcome> {
  if ((await conversation.send(Buffer.concat(chunks), timings.job)) !== 'sent') return { kind: 'unknown' };
  // "Taken" by the network is ahead of the printer: a link that breaks now has lost part of the job.
  const after = await conversation.within(new Promise<never>(() => undefined), timings.reply);
  return after === 'lost' ? { kind: 'unknown' } : { kind: 'no-status' };
}

function chunked(pieces: readonly Uint8Array[]): Buffer[] {
  const chunks: Buffer[] = [];
  let waiting: Uint8Array[] = [];
  let size = 0;
  for (const piece of pieces) {
    waiting.push(piece);
    size += piece.length;
    if (size < CHUNK_BYTES) continue;
    chunks.push(Buffer.concat(waiting));
    waiting = [];
    size = 0;
  }
  if (size > 0) chunks.push(Buffer.concat(waiting));
  return chunks;
}
