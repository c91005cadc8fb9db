import { afterEach, describe, expect, it } from 'vitest';
import { channelOver } from './port-channel.ts';

function linkedPorts(): { near: MessagePort; far: MessagePort } {
  const { port1, port2 } = new MessageChannel();
  return { near: port1, far: port2 };
}

describe('the channel over a MessagePort', () => {
  const { near, far } = linkedPorts();
  afterEach(() => far.close());

  it('rejects what waits and what is asked later once it is closed', async () => {
    const asked = new Promise<void>((resolve) => far.addEventListener('message', () => resolve(), { once: true }));
    far.start();
    const channel = channelOver(near);
    const waiting = channel.client.terminal.status();
    await asked;
    channel.close();
    await channel.closed;
    await expect(waiting).rejects.toThrow();
    await expect(channel.client.terminal.status()).rejects.toThrow();
  });

  it('is closed when the other end is', async () => {
    const { near: page, far: main } = linkedPorts();
    const channel = channelOver(page);
    const waiting = channel.client.terminal.status();
    main.close();
    await channel.closed;
    await expect(waiting).rejects.toThrow();
  });
});
