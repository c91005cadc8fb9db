import { type AddressInfo, createServer, connect, type Socket } from 'node:net';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';

export const TOXICS = ['latency', 'bandwidth', 'slow close', 'time-out', 'slicer', 'cut', 'reset'] as const;
export type Toxic = (typeof TOXICS)[number];

/** Where an application is when it happens. */
export const PHASES = ['connecting', 'request', 'answer', 'idle'] as const;
export type Phase = (typeof PHASES)[number];

export interface ToxicProxy {
  readonly url: URL;
  /** It happens once, to the next order that is sent. */
  arm(toxic: Toxic, phase: Phase): void;
  hasHappened(): boolean;
  close(): Promise<void>;
}

const LATENCY_MS = 700;
/** Bytes and pause of one piece. */
const SLOW = { bytes: 200, everyMs: 20 };
const SLICES = { bytes: 7, everyMs: 0 };
const CLOSE_AFTER_MS = 500;
const ORDER = `POST ${CENTRAL_PATHS.productOrder}`;

/** A line between a terminal and central on real sockets, on which something happens at a chosen moment. */
export async function startToxicProxy(central: URL): Promise<ToxicProxy> {
  let armed: { toxic: Toxic; phase: Phase } | null = null;
  let happened = false;
  const sockets = new Set<Socket>();
  const keep = (socket: Socket): Socket => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A line that breaks is what this is for.
    socket.on('error', () => undefined);
    return socket;
  };
  const happens = (phase: Phase): Toxic | null => {
    if (armed?.phase !== phase) return null;
    const { toxic } = armed;
    armed = null;
    happened = true;
    return toxic;
  };

  const server = createServer((terminal) => {
    keep(terminal);
    const there = keep(connect(Number(central.port), central.hostname));
    let isOrder = false;
    const up = createPipe(there, terminal);
    const down = createPipe(terminal, there);
    const first = happens('connecting');
    if (first !== null) up.poison(first);
    terminal.on('data', (chunk: Buffer) => {
      isOrder ||= chunk.includes(ORDER);
      const toxic = isOrder ? happens('request') : null;
      if (toxic !== null) up.poison(toxic);
      up.write(chunk);
    });
    there.on('data', (chunk: Buffer) => {
      const toxic = isOrder ? happens('answer') : null;
      if (toxic !== null) down.poison(toxic);
      down.write(chunk);
      if (!isOrder) return;
      isOrder = false;
      const after = happens('idle');
      if (after !== null) setImmediate(() => down.poison(after));
    });
    terminal.on('close', () => there.destroy());
    there.on('close', () => down.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = addressOf(server.address());
  return {
    url: new URL(`http://127.0.0.1:${port}`),
    arm: (toxic, phase) => {
      armed = { toxic, phase };
      happened = false;
      // So that there is a connection to be made.
      if (phase === 'connecting') for (const socket of sockets) socket.destroy();
    },
    hasHappened: () => happened,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address;
}

interface Pipe {
  write(chunk: Buffer): void;
  /** From the next byte on. */
  poison(toxic: Toxic): void;
  end(): void;
}

/** One direction. @param to where its bytes go; @param from whose line it is */
function createPipe(to: Socket, from: Socket): Pipe {
  let toxic: Toxic | null = null;
  let last = Promise.resolve();
  const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const both = (end: (socket: Socket) => void): void => [to, from].forEach(end);

  async function inPieces(chunk: Buffer, { bytes, everyMs }: typeof SLOW): Promise<void> {
    for (let at = 0; at < chunk.length; at += bytes) {
      to.write(chunk.subarray(at, at + bytes));
      await pause(everyMs);
    }
  }

  async function pass(chunk: Buffer): Promise<void> {
    const half = chunk.subarray(0, Math.ceil(chunk.length / 2));
    switch (toxic) {
      case null:
        return void to.write(chunk);
      case 'latency':
        await pause(LATENCY_MS);
        return void to.write(chunk);
      case 'bandwidth':
        return inPieces(chunk, SLOW);
      case 'slicer':
        return inPieces(chunk, SLICES);
      case 'slow close':
        to.write(chunk);
        await pause(CLOSE_AFTER_MS);
        both((socket) => socket.end());
        return;
      case 'time-out':
        // Half of it, and then nothing, without an end.
        to.write(half);
        return new Promise(() => undefined);
      case 'cut':
        to.write(half);
        both((socket) => socket.end());
        return;
      case 'reset':
        to.write(half);
        both((socket) => socket.resetAndDestroy());
        return;
    }
  }

  return {
    write: (chunk) => {
      last = last.then(() => pass(chunk));
    },
    poison: (given) => {
      toxic = given;
    },
    end: () => void last.then(() => to.destroy()),
  };
}
