import { createORPCClient } from '@orpc/client';
import { expect, it, vi } from 'vitest';
import type { Channel, Client } from './channel.ts';
import { connect } from './connection.ts';

const client: Client = createORPCClient({ call: (path) => Promise.resolve(path.join('.')) });

/** @param deadlines gets what each call's deadline is given up by */
const connectTo = (closed: Promise<void>, deadlines: AbortSignal[] = []) => {
  const channel: Channel = { client, closed, close: () => undefined };
  return connect({
    openChannel: () => Promise.resolve(channel),
    wait: (_ms, givenUp) => {
      if (givenUp !== undefined) deadlines.push(givenUp);
      return new Promise(() => undefined);
    },
    random: () => 0.5,
    onLink: () => undefined,
    onOpen: () => undefined,
  });
};

it('leaves nothing behind on a channel that stays open for days', async () => {
  const closed = new Promise<void>(() => undefined);
  const reactions = vi.spyOn(closed, 'then');
  const connection = connectTo(closed);
  await connection.ask((asked) => asked.terminal.status());
  const { length } = reactions.mock.calls;
  for (let asked = 0; asked < 100; asked += 1) await connection.ask((one) => one.terminal.status());
  expect(reactions.mock.calls).toHaveLength(length);
});

it('lets go of the deadline with the answer, which would be held until it passes', async () => {
  const deadlines: AbortSignal[] = [];
  const connection = connectTo(new Promise<void>(() => undefined), deadlines);
  await connection.ask((asked) => asked.terminal.status());
  expect(deadlines.map(({ aborted }) => aborted)).toEqual([true]);
});

it('says of a call that a drop cut off that the link was lost', async () => {
  let drop = (): void => undefined;
  const closed = new Promise<void>((resolve) => {
    drop = resolve;
  });
  const connection = connectTo(closed);
  await connection.ask((asked) => asked.terminal.status());
  const cut = connection.askOnce(() => new Promise<never>(() => undefined));
  drop();
  expect(await cut).toEqual({ kind: 'link-lost' });
});
