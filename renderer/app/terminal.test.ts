import { createORPCClient, ORPCError } from '@orpc/client';
import { expect, it, vi } from 'vitest';
import type { Channel, Client } from './channel.ts';
import { createTerminal, type Terminal } from './terminal.ts';

/** A terminal whose backend opens one session after the other, and says of a look that it is gone when the test wants it. */
function terminalOfMany(): { terminal: Terminal; looks: { refuse(): void }[] } {
  const looks: { refuse(): void }[] = [];
  let opened = 0;
  const client: Client = createORPCClient({
    call: (path) => {
      switch (path.join('.')) {
        case 'session.signIn':
          opened += 1;
          return Promise.resolve({ sessionId: `session-${opened}` });
        case 'session.view':
          return new Promise((_resolve, reject) => {
            looks.push({ refuse: () => reject(new ORPCError('SESSION_GONE', { defined: true })) });
          });
        case 'catalog.get':
          return Promise.reject(new ORPCError('INTERNAL_SERVER_ERROR'));
        default:
          return new Promise(() => undefined);
      }
    },
  });
  const channel: Channel = { client, closed: new Promise<void>(() => undefined), close: () => undefined };
  const terminal = createTerminal({
    openChannel: () => Promise.resolve(channel),
    wait: () => new Promise(() => undefined),
    random: () => 0.5,
    newId: () => 'id',
    now: () => 0,
    onWipe: () => undefined,
  });
  return { terminal, looks };
}

it('tells nobody that their session is gone when it was the one before', async () => {
  const { terminal, looks } = terminalOfMany();
  const enter = { loginId: 'a', password: 'b', language: 'ja' } as const;
  const before = terminal.signIn(enter);
  await vi.waitFor(() => expect(looks).toHaveLength(1));
  terminal.end();
  const after = terminal.signIn(enter);
  await vi.waitFor(() => expect(looks).toHaveLength(2));
  looks[0]?.refuse();
  await before;
  expect(terminal.state.get()).toMatchObject({ endedUnasked: false, session: { sessionId: 'session-2' } });
  terminal.sessionGone('session-1');
  expect(terminal.state.get()).toMatchObject({ endedUnasked: false, session: { sessionId: 'session-2' } });
  looks[1]?.refuse();
  await after;
  expect(terminal.state.get()).toMatchObject({ endedUnasked: true, session: null });
});
