import { ORPCError, safe } from '@orpc/client';
import type { ClientPromiseResult } from '@orpc/client';
import type { Channel, Client } from './channel.ts';

export type Link = 'connecting' | 'open' | 'lost';

/** The contract's own errors, but for the one that goes for every call and has a screen of its own. */
type Refusal<Failure> = Exclude<Extract<Failure, ORPCError<string, unknown>>, { readonly code: 'NOT_ENROLLED' }>;

/** What became of a call. `refused` carries one of the contract's own error codes. */
export type Answer<Output, Failure> =
  | { readonly kind: 'ok'; readonly value: Output }
  | { readonly kind: 'refused'; readonly error: Refusal<Failure> }
  /** The backend failed in a way that the contract doesn't know; only a number for the shop's staff came with it. */
  | { readonly kind: 'failed'; readonly correlationId: string | null }
  | { readonly kind: 'link-lost' };

interface ConnectionPorts {
  openChannel(): Promise<Channel>;
  /** Resolves after so many milliseconds, unless it is given up before. */
  wait(ms: number, givenUp?: AbortSignal): Promise<void>;
  /** 0 to 1, for spreading reconnections. */
  random(): number;
  onLink(link: Link): void;
  /** Runs for as long as the channel lives. */
  onOpen(channel: Channel): void;
}

export interface Connection {
  /**
   * Asks the backend, waiting for the link when it is down, and asks again after a drop until the deadline: only for
   * calls whose repeat is harmless.
   */
  ask<Output, Failure>(
    run: (client: Client) => ClientPromiseResult<Output, Failure>,
    deadlineMs?: number,
  ): Promise<Answer<Output, Failure>>;
  /** As ask, but never sends twice. */
  askOnce<Output, Failure>(
    run: (client: Client) => ClientPromiseResult<Output, Failure>,
  ): Promise<Answer<Output, Failure>>;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 4_000;
const DEADLINE_MS = 15_000;
const correlationSchema = /[0-9a-f-]{8,}/i;

/** Keeps one channel to the backend open and opens another whenever it drops. */
export function connect(ports: ConnectionPorts): Connection {
  let current: Channel | null = null;
  /** Of calls under way. Not put on the channel's own promise: what waits for that stays there until the channel ends. */
  const onDrop = new Set<() => void>();
  let waiting: ((channel: Channel) => void)[] = [];

  const keepOpen = async (): Promise<never> => {
    for (let failures = 0; ; failures += 1) {
      const channel = await ports.openChannel().catch(() => null);
      if (channel !== null) {
        failures = 0;
        current = channel;
        ports.onLink('open');
        ports.onOpen(channel);
        for (const resolve of waiting) resolve(channel);
        waiting = [];
        await channel.closed;
        current = null;
        for (const drop of onDrop) drop();
      }
      ports.onLink('lost');
      const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures);
      await ports.wait(longest * (0.5 + ports.random() / 2));
    }
  };
  void keepOpen();

  const whenOpen = (): Promise<Channel> =>
    current === null ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(current);

  const attempt = async <Output, Failure>(
    channel: Channel,
    run: (client: Client) => ClientPromiseResult<Output, Failure>,
  ): Promise<Answer<Output, Failure>> => {
    if (channel !== current) return { kind: 'link-lost' };
    let drop = (): void => undefined;
    const dropped = new Promise<null>((resolve) => {
      drop = () => resolve(null);
    });
    onDrop.add(drop);
    const result = await Promise.race([safe(run(channel.client)), dropped]);
    onDrop.delete(drop);
    if (result === null) return { kind: 'link-lost' };
    if (result.isSuccess) return { kind: 'ok', value: result.data };
    if (result.isDefined) {
      if (isNotEnrolled(result.error)) return { kind: 'failed', correlationId: null };
      return { kind: 'refused', error: result.error };
    }
    if (result.error instanceof ORPCError) return { kind: 'failed', correlationId: correlationOf(result.error) };
    return { kind: 'link-lost' };
  };

  return {
    ask: async (run, deadlineMs = DEADLINE_MS) => {
      const answered = new AbortController();
      const deadline = ports.wait(deadlineMs, answered.signal).then(() => null);
      try {
        for (;;) {
          const channel = await Promise.race([whenOpen(), deadline]);
          if (channel === null) return { kind: 'link-lost' };
          const answer = await Promise.race([attempt(channel, run), deadline]);
          if (answer === null) return { kind: 'link-lost' };
          if (answer.kind !== 'link-lost') return answer;
          await Promise.race([channel.closed, deadline]);
        }
      } finally {
        // What waits for a deadline that goes on holds the answer, and with it what it says of a customer.
        answered.abort();
      }
    },
    askOnce: async (run) => (current === null ? { kind: 'link-lost' } : attempt(current, run)),
  };
}

function isNotEnrolled<Failure extends { readonly code: string }>(
  error: Failure,
): error is Extract<Failure, { readonly code: 'NOT_ENROLLED' }> {
  return error.code === 'NOT_ENROLLED';
}

function correlationOf(error: ORPCError<string, unknown>): string | null {
  const data = error.data;
  if (typeof data !== 'object' || data === null || !('correlationId' in data)) return null;
  const id = data.correlationId;
  return typeof id === 'string' && correlationSchema.test(id) ? id : null;
}
