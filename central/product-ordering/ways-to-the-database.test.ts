import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { call } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

/** Stands between central and its database and counts how often central asked and had to wait for what comes back. */
class CountedWay {
  asked = 0;
  readonly #server: Server;

  constructor(database: URL) {
    this.#server = createServer((central) => {
      const server = connect(Number(database.port), database.hostname);
      let isAnswered = true;
      central.on('data', () => {
        if (isAnswered) this.asked += 1;
        isAnswered = false;
      });
      server.on('data', () => {
        isAnswered = true;
      });
      for (const [from, to] of [
        [central, server],
        [server, central],
      ] as const) {
        from.pipe(to);
        from.on('error', () => to.destroy());
      }
    });
  }

  async open(): Promise<number> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return portOf(this.#server.address());
  }

  async close(): Promise<void> {
    this.#server.close();
    await once(this.#server, 'close');
  }
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

describe.skipIf(!hasPostgres())('an order of an operator', () => {
  let way: CountedWay;
  let central: TestCentral;

  beforeAll(async () => {
    const url = new URL(await createTestDatabase('ways'));
    way = new CountedWay(new URL(url));
    url.port = String(await way.open());
    central = await startTestCentral(url.href);
  });
  afterAll(async () => {
    await central.dispose();
    await way.close();
  });

  it('costs two ways to the database: what it is with all that it takes, and the commit with its line in the audit log', async () => {
    const token = await central.tokens.forOperator(['tmf.read', 'tmf.write']);
    const send = async (): Promise<number> => {
      const item = { id: '1', action: 'add', productOffering: { id: 'internet.wide' } };
      const body = { externalId: randomUUID(), productOrderItem: [item] };
      const before = way.asked;
      const answer = await call(`${central.url}${CENTRAL_PATHS.productOrder}`, { token, body });
      expect(answer.status).toBe(201);
      return way.asked - before;
    };
    const counts: number[] = [];
    for (let at = 0; at < 8; at += 1) counts.push(await send());
    // Central's own work may fall between.
    expect(Math.min(...counts)).toBe(2);
  });
});
