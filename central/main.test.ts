import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../shared/central-api/paths.ts';
import { productOrderSchema } from '../shared/central-api/product-order.ts';
import { createTestDatabase, hasPostgres, putEmptyPglite } from '../tests/setup/test-postgres.ts';
import { shippedCatalogPath } from './product-catalog/load-catalog.ts';
import { call, orderFor, postOrder, signIn } from './testing/client.ts';
import { buildProgram, type Program, type Run } from './testing/program.ts';

describe('central as a program', () => {
  let program: Program;
  let data: string;
  const folders: string[] = [];

  beforeAll(async () => {
    program = await buildProgram();
  });
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'madoguchi-main-'));
    folders.push(data);
  });
  afterAll(() => {
    program.dispose();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  const refused = (run: Run, message: RegExp): void => {
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toMatch(message);
    expect(run.stderr.trimEnd().split('\n')).toHaveLength(1);
  };
  const demo = (): string[] => ['--port', '0', '--data', data, '--demo'];

  it('refuses wrong options with one line and exit code 2', async () => {
    refused(await program.run(['--nonsense']), /--nonsense/);
    refused(await program.run(['--data', data]), /DATABASE_URL/);
    const url = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none' };
    refused(await program.run(['--data', data], url), /RESCUE_PUBLIC_KEY_FILE/);
    const mails = { ...url, SMTP_URL: 'smtp://127.0.0.1:25', MAIL_FROM: 'no-reply@operator.example' };
    for (const publicUrl of [[], ['--public-url', 'http://bss.example']]) {
      refused(await program.run(['--data', data, ...publicUrl], mails), /--public-url/);
    }
    refused(
      await program.run(['--data', data, '--public-url', 'https://bss.example'], mails),
      /RESCUE_PUBLIC_KEY_FILE/,
    );
    refused(await program.run(demo(), url), /database/);
    refused(await program.run(demo(), { RESCUE_PUBLIC_KEY_FILE: join(data, 'none.pem') }), /none\.pem/);
  });

  it('refuses a folder it cannot write to and a catalog that does not validate', async () => {
    const file = join(data, 'file');
    writeFileSync(file, '');
    refused(await program.run(['--port', '0', '--data', file, '--demo']), /cannot write to .*file/);

    const catalog = readFileSync(shippedCatalogPath(import.meta.dirname), 'utf8');
    const line = catalog.split('\n').findIndex((text) => text.includes('"internet.wide"')) + 1;
    const broken = join(data, 'catalog.json');
    writeFileSync(broken, catalog.replace(/("id": "internet\.wide".*?"monthlyYen": )\d+/, '$1"much"'));
    refused(
      await program.run(demo(), { CATALOG_FILE: broken }),
      new RegExp(`catalog\\.json:${line}: offerings\\.\\d+\\.monthlyYen`),
    );
    writeFileSync(broken, catalog.replace('"id": "internet.wide",', '"id": "internet.wide"'));
    refused(await program.run(demo(), { CATALOG_FILE: broken }), new RegExp(`catalog\\.json:${line}: `));
  });

  it('refuses a taken port, and a catalog without what the demo customers have', async () => {
    await putEmptyPglite(data);
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const port = z.object({ port: z.number() }).parse(taken.address()).port;
    refused(await program.run(['--port', String(port), '--data', data, '--demo']), new RegExp(`port ${port}`));
    taken.close();

    await putEmptyPglite(join(data, 'other'));
    const without = join(data, 'catalog.json');
    writeFileSync(without, '{"version": "2026-11-01.1", "offerings": []}');
    const other = ['--port', '0', '--data', join(data, 'other'), '--demo'];
    refused(await program.run(other, { CATALOG_FILE: without }), /demo data: offering .* is not in catalog/);
  });

  it('prints the ready line alone, prints tokens beside it, and ends cleanly', async () => {
    const central = await program.start([...demo(), '--clock', '2026-01-31T23:30:00+09:00']);
    const printed = await program.run(['token', '--scope', 'tmf.read tmf.write', '--data', data]);
    expect(printed).toMatchObject({ code: 0, stderr: '' });
    expect(printed.stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const token = printed.stdout.trim();
    const answer = await call(`${central.url}${CENTRAL_PATHS.productOrder}`, {
      token,
      body: { productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'internet.wide' } }] },
    });
    const order = productOrderSchema.parse(answer.json());
    // The business clock dates the order and runs on; the Date header stays the system's.
    const ordered = Date.parse(order.orderDate ?? '') - Date.parse('2026-01-31T23:30:00+09:00');
    expect(ordered).toBeGreaterThanOrEqual(0);
    expect(ordered).toBeLessThan(60_000);
    expect(Math.abs(Date.parse(answer.headers.get('date') ?? '') - Date.now())).toBeLessThan(10_000);
    for (const key of ['signing-key.pem', 'rescue-key.pem']) expect(statSync(join(data, key)).mode & 0o777).toBe(0o600);

    const ended = await central.end('SIGTERM');
    expect(ended.code).toBe(0);
    expect(ended.stdout).toBe(`${JSON.stringify({ ready: central.url })}\n`);
    expect(ended.stderr).not.toContain(token);
  });

  it('refuses a second central on the folder, and takes it over from one that was killed', async () => {
    await putEmptyPglite(data);
    const central = await program.start(demo());
    refused(await program.run(demo()), /in use/);
    await central.end('SIGKILL');
    const next = await program.start(demo());
    expect((await next.end('SIGINT')).code).toBe(0);
  });

  it.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])(
    'killed right after an order was committed, gives the same answer afterwards (%s)',
    async (store) => {
      if (store === 'pglite') await putEmptyPglite(data);
      const env = store === 'postgres' ? { DATABASE_URL: await createTestDatabase('kill') } : undefined;
      const central = await program.start([...demo(), '--public-url', 'http://central.test/'], env);
      const session = await signIn(central.url, 'taro@example.jp');
      const plan = { plan: 'bundle.hikari-triple-2g' };
      const order = await orderFor(central.url, session, 'plan.recommended', plan, Date.now());
      const first = await postOrder(central.url, session, order);
      await central.end('SIGKILL');
      expect(first.status, first.text).toBe(201);
      expect(first.headers.get('location')).toMatch(/^http:\/\/central\.test\/tmf-api\//);
      const next = await program.start(demo(), env);
      const repeat = await postOrder(next.url, session, order);
      expect([repeat.status, repeat.text]).toEqual([201, first.text]);
      const ended = await next.end('SIGTERM');
      for (const personal of ['taro@example.jp', 'Counter2026', '佐藤', session.customerNumber]) {
        expect(ended.stderr).not.toContain(personal);
      }
    },
  );

  it.skipIf(!hasPostgres())('refuses a database of a newer program and leaves it as it is', async () => {
    const env = { DATABASE_URL: await createTestDatabase('newer') };
    await (await program.start(demo(), env)).end('SIGTERM');
    const client = new pg.Client({ connectionString: env.DATABASE_URL });
    await client.connect();
    const count = async (): Promise<unknown> =>
      (await client.query('select (select count(*) from customers), (select count(*) from audit_log)')).rows;
    const before = await count();
    await client.query('insert into schema_versions (version) values (999)');
    refused(await program.run(demo(), env), /schema version 999/);
    expect(await count()).toEqual(before);
    await client.end();
  });
});
