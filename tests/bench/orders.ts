import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { Pool } from 'undici';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { IDEMPOTENCY_KEY_HEADER } from '../../shared/central-api/terminal-v1.ts';
import { createDatabase, startPostgres } from '../setup/postgres.ts';
import { type Figure, figureOf, percentile, type Round } from './figure.ts';

/** Central runs for weeks: its rate still rises by half over its first 1,500 orders, while they are being compiled. */
const WARM_UP_ORDERS = 2_400;
const ORDERS = 400;
const CLIENTS = 32;
const ROUNDS = 9;
const LEAST_RATE = 0.3;
const LOAD = 0.5;
const LOAD_SECONDS = 3;
/** What follows for random servers, whose p99 goes by their mean work ÷ (1 − load); the bare loop has LEAST_RATE of both. */
const MOST_P99 = (1 - LOAD * LEAST_RATE) / (1 - LOAD) / LEAST_RATE;

/** Central as a program of its own on a PostgreSQL that syncs to disk, against a loop that only inserts and commits. */
export async function orderFigures(root: string, folder: string): Promise<Figure[]> {
  const postgres = await startPostgres(true);
  const programs = join(root, 'out/node');
  const data = ['--data', join(folder, 'central')];
  const central = spawn(process.execPath, [join(programs, 'central.js'), '--demo', '--port', '0', ...data], {
    env: { ...process.env, DATABASE_URL: await createDatabase(postgres.url, 'central', null) },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const bare = new pg.Pool({ connectionString: await createDatabase(postgres.url, 'bare', null), max: CLIENTS });
  try {
    const url = await readyAt(central);
    const scopes = ['token', '--scope', 'tmf.read,tmf.write', ...data];
    const { stdout: token } = await promisify(execFile)(process.execPath, [join(programs, 'central.js'), ...scopes]);
    const pool = new Pool(url, { connections: CLIENTS });
    const send = (): Promise<number> => postOrder(pool, token.trim());
    await bare.query('create table orders (id text primary key, body text not null)');
    await loop(WARM_UP_ORDERS, CLIENTS, send);
    await loop(ORDERS, 1, () => insertOrder(bare));
    const rounds: Round[] = [];
    for (let at = 0; at < ROUNDS; at += 1) {
      const reference = rateOf(await loop(ORDERS, 1, () => insertOrder(bare)));
      rounds.push({ measured: rateOf(await loop(ORDERS, CLIENTS, send)), reference });
    }
    const rate = figureOf(rounds, {
      id: 'central-orders',
      title: 'orders at central ÷ a bare insert-and-commit loop',
      unit: 'per s',
      limit: { kind: 'at-least', ratio: LEAST_RATE },
      note: `${CLIENTS} connections send operators' orders of three items; PostgreSQL syncs each commit; the loop inserts one after the other through the same driver`,
    });
    const waits: Round[] = [];
    for (let at = 0; at < ROUNDS; at += 1) {
      const reference = percentile(await atRate(rate.measured * LOAD, LOAD_SECONDS, () => insertOrder(bare)), 0.99);
      waits.push({ measured: percentile(await atRate(rate.measured * LOAD, LOAD_SECONDS, send), 0.99), reference });
    }
    await pool.close();
    return [
      rate,
      figureOf(waits, {
        id: 'central-orders-p99',
        title: 'an order at half that load, p99 ÷ a bare insert at the same rate',
        unit: 'ms',
        limit: { kind: 'at-most', ratio: MOST_P99 },
        note: 'from when it was due to be sent, so that waiting for others counts; the limit is what the first one allows, where work and arrivals are random',
      }),
    ];
  } finally {
    await bare.end();
    central.kill('SIGTERM');
    await once(central, 'exit');
    await postgres.stop();
  }
}

async function readyAt(central: ChildProcess): Promise<string> {
  if (central.stdout === null) throw new Error('central says on stdout where it is');
  const [line] = z.tuple([z.instanceof(Buffer)]).parse(await once(central.stdout, 'data'));
  return z.object({ ready: z.string() }).parse(JSON.parse(line.toString())).ready;
}

const ITEMS = ['internet.wide', 'modem.wifi', 'phone.basic'].map((offering, at) => ({
  id: String(at + 1),
  action: 'add',
  productOffering: { id: offering },
  itemPrice: [{ priceType: 'recurring', price: { taxIncludedAmount: { unit: 'JPY', value: 1_000 } } }],
}));

let sent = 0;
function nextOrder(): { id: string; body: string } {
  sent += 1;
  const id = `bench-${sent}`;
  const relatedParty = [{ id: '1000000006', role: 'customer', '@referredType': 'Customer' }];
  return { id, body: JSON.stringify({ externalId: id, category: 'bench', relatedParty, productOrderItem: ITEMS }) };
}

/** @returns how long it took, ms */
async function postOrder(pool: Pool, token: string): Promise<number> {
  const { id, body } = nextOrder();
  const start = performance.now();
  const answer = await pool.request({
    method: 'POST',
    path: CENTRAL_PATHS.productOrder,
    headers: {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      [IDEMPOTENCY_KEY_HEADER]: id,
    },
    body,
  });
  const text = await answer.body.text();
  if (answer.statusCode !== 201) throw new Error(`central answered ${answer.statusCode}: ${text}`);
  return performance.now() - start;
}

async function insertOrder(client: pg.Pool): Promise<number> {
  const { id, body } = nextOrder();
  const start = performance.now();
  await client.query('insert into orders (id, body) values ($1, $2)', [id, body]);
  return performance.now() - start;
}

interface Run {
  readonly times: readonly number[];
  readonly ms: number;
}

const rateOf = ({ times, ms }: Run): number => (1000 * times.length) / ms;

async function loop(count: number, clients: number, action: () => Promise<number>): Promise<Run> {
  const times: number[] = [];
  let started = 0;
  const start = performance.now();
  const client = async (): Promise<void> => {
    while (started < count) {
      started += 1;
      times.push(await action());
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  return { times, ms: performance.now() - start };
}

/** Sends at that rate whether or not the earlier ones were answered. @returns ms from when each was due */
async function atRate(perSecond: number, seconds: number, action: () => Promise<number>): Promise<number[]> {
  const start = performance.now();
  const count = Math.floor(perSecond * seconds);
  return Promise.all(
    Array.from({ length: count }, async (_, at) => {
      const due = start + (1000 * at) / perSecond;
      await new Promise((resolve) => setTimeout(resolve, due - performance.now()));
      await action();
      return performance.now() - due;
    }),
  );
}
