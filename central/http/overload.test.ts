import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { call } from '../testing/client.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { MOST_AT_ONCE, refuseOverload } from './overload.ts';
import { createServer } from './server.ts';

let app: ReturnType<typeof createServer>;
let url: string;
let waiting: (() => void)[];

beforeEach(async () => {
  waiting = [];
  app = createServer(pino({ level: 'fatal' }));
  refuseOverload(app, () => 0.5);
  app.get('/slow', async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return {};
  });
  url = await app.listen({ host: '127.0.0.1', port: 0 });
});
afterEach(async () => {
  for (const answer of waiting) answer();
  await app.close();
});

it('sends away what is too much at a time, soon and for a while, and takes more once there is room', async () => {
  const running = Array.from({ length: MOST_AT_ONCE }, () => call(`${url}/slow`));
  await eventually(() => expect(waiting).toHaveLength(MOST_AT_ONCE));
  const refused = await call(`${url}/slow`);
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '6']);
  expect(tmfErrorSchema.parse(refused.json())).toMatchObject({ code: 'busy', status: '429' });
  expect(waiting).toHaveLength(MOST_AT_ONCE);

  for (const answer of waiting.splice(0)) answer();
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual(running.map(() => 200));
  const later = call(`${url}/slow`);
  await eventually(() => expect(waiting).toHaveLength(1));
  for (const answer of waiting.splice(0)) answer();
  expect((await later).status).toBe(200);
});
