import type { Page } from '@playwright/test';
import { z } from 'zod';

type Input = Readonly<Record<string, unknown>>;
type Outcome =
  | { readonly send: Input }
  | { readonly refuse: string }
  /** It goes through; its answer comes only then. */
  | { readonly answerAfter: Promise<void> };
type Interference = (input: Input) => Outcome | Promise<Outcome>;

/** A call as it crosses the WebSocket; answers, events and heartbeats don't match and pass as they are. */
const callSchema = z.looseObject({
  i: z.string(),
  p: z.looseObject({ u: z.string(), b: z.looseObject({ json: z.record(z.string(), z.unknown()) }) }),
});

const answerSchema = z.looseObject({ i: z.string() });

/** Stands between page and terminal, as a page out of order or a terminal in trouble would. Once for each call. */
export async function interfere(page: Page): Promise<(path: string, how: Interference) => void> {
  const planned = new Map<string, Interference>();
  await page.routeWebSocket(/\/channel$/, (socket) => {
    const terminal = socket.connectToServer();
    const held = new Map<string, Promise<void>>();
    terminal.onMessage((message) => {
      const after = held.get(answerSchema.safeParse(parse(message)).data?.i ?? '');
      if (after === undefined) socket.send(message);
      else void after.then(() => socket.send(message));
    });
    socket.onMessage(async (message) => {
      const call = callSchema.safeParse(parse(message)).data;
      const how = call === undefined ? undefined : planned.get(call.p.u);
      if (call === undefined || how === undefined) {
        terminal.send(message);
        return;
      }
      planned.delete(call.p.u);
      const next = await how(call.p.b.json);
      if ('send' in next) {
        terminal.send(JSON.stringify({ ...call, p: { ...call.p, b: { ...call.p.b, json: next.send } } }));
      } else if ('answerAfter' in next) {
        held.set(call.i, next.answerAfter);
        terminal.send(message);
      } else {
        const json = { defined: true, code: next.refuse, status: 500, message: next.refuse };
        socket.send(JSON.stringify({ i: call.i, p: { s: 500, b: { json } } }));
      }
    });
  });
  return (path, how) => {
    planned.set(path, how);
  };
}

function parse(message: string | Buffer): unknown {
  return typeof message === 'string' ? JSON.parse(message) : null;
}
