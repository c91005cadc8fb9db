import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CentralTest } from '../../../shared/contract/devices.ts';
import { HOUSE_ERRORS } from '../../../shared/central-api/terminal-v1.ts';
import { createTransport } from '../central/transport.ts';
import { enrolledClient } from '../testing/enrolled-client.ts';
import { FakeCentral } from '../testing/fake-central.ts';
import { testCentral } from './check-central.ts';

let central: FakeCentral;
beforeEach(async () => {
  central = new FakeCentral();
  await central.start();
});
afterEach(() => central.stop());

async function test(url: URL): Promise<CentralTest> {
  const transport = createTransport({ central: url, ca: null });
  const client = enrolledClient(transport);
  try {
    return await testCentral({ central: url, ca: null, transport, client, monotonic: () => performance.now() });
  } finally {
    await transport.close();
  }
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

it('a name that nobody knows', async () => {
  expect(await test(new URL('http://no-such-host.invalid'))).toEqual({
    held: [],
    broken: { link: 'name', reason: 'name-unknown' },
    roundTrips: [],
  });
});

it('a certificate that proves nothing', async () => {
  const server = new SMTPServer({ secure: true });
  // Of the refused handshake.
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  expect(await test(new URL(`https://localhost:${portOf(listening)}`))).toMatchObject({
    held: [{ link: 'name' }],
    broken: { link: 'connection', reason: 'certificate' },
  });
  await new Promise<void>((resolve) => server.close(() => resolve()));
});

it('a machine that hangs up', async () => {
  const server = createServer((socket) => socket.destroy());
  await once(server.listen(0, '127.0.0.1'), 'listening');
  expect(await test(new URL(`http://127.0.0.1:${portOf(server)}`))).toMatchObject({
    held: [{ link: 'name' }, { link: 'connection' }],
    broken: { link: 'answer', reason: 'dropped' },
  });
  server.close();
});

it('a captive portal in between', async () => {
  central.captivePortal = true;
  expect(await test(central.url)).toMatchObject({
    held: [{ link: 'name' }, { link: 'connection' }],
    broken: { link: 'answer', reason: 'not-central' },
  });
});

it('a central that does not take this terminal', async () => {
  central.dismissal = HOUSE_ERRORS.terminalRefused;
  expect(await test(central.url)).toMatchObject({
    held: [{ link: 'name' }, { link: 'connection' }, { link: 'answer' }],
    broken: { link: 'token', reason: 'token-refused' },
  });
});
