import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { jsonSchema, OPERATIONS } from '../openapi/document.ts';
import type { Operation } from '../openapi/operation.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { call, signIn } from '../testing/client.ts';
import { almost, hostileText } from '../testing/schema-arbitrary.ts';
import { expectOk, startTestCentral, type TestCentral } from '../testing/test-central.ts';

/** The authorization server answers in OAuth's form; its own tests are in authorization/. */
const ASKED = OPERATIONS.filter(({ who }) => !who.includes('none'));
const LISTS = ASKED.filter(({ method, url, tag }) => method === 'GET' && tag.startsWith('TMF') && !url.includes(':'));
const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const REFUSALS = [400, 401, 403, 404, 405, 409, 413, 415, 416, 422, 429];

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('bad input on %s', (store) => {
  let central: TestCentral;
  /** null: PGlite, which nobody else can open meanwhile. */
  let db: Database | null = null;
  let tokens: Record<'reader' | 'customer' | 'terminal' | 'writer' | 'forged' | 'none', string | undefined>;

  beforeAll(async () => {
    const url = store === 'postgres' ? await createTestDatabase('bad') : null;
    central = await startTestCentral(url);
    if (url !== null) db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
    const session = await signIn(central.url, 'taro@example.jp');
    const reader = await central.tokens.forOperator(['tmf.read']);
    tokens = {
      ...{ reader, customer: session.accessToken, terminal: session.terminalToken },
      writer: await central.tokens.forOperator(['tmf.read', 'tmf.write', 'operator']),
      ...{ forged: `${reader.slice(0, -6)}AAAAAA`, none: undefined },
    };
  });
  afterAll(async () => {
    await db?.destroy();
    await central.dispose();
  });

  const requests = (operations: readonly Operation[]) =>
    fc.constantFrom(...operations).chain((operation) =>
      fc.record({
        operation: fc.constant(operation),
        parameter: hostileText,
        query: fc.option(
          fc.tuple(fc.constantFrom('limit', 'offset', 'sort', 'fields', 'id', 'href', 'x.y'), hostileText),
        ),
        body: operation.request === undefined ? fc.constant(undefined) : bodies(jsonSchema(operation.request, 'input')),
      }),
    );
  const bodies = (schema: unknown): fc.Arbitrary<string> => {
    const whole = almost(schema).map((value) => JSON.stringify(value));
    return fc.oneof(
      { arbitrary: whole, weight: 8 },
      { arbitrary: whole.map((text) => text.slice(0, -1)), weight: 1 },
      { arbitrary: fc.constantFrom('', '{', '[1,', '['.repeat(20_000), nested(20_000)), weight: 1 },
    );
  };
  type Request = typeof requests extends (operations: readonly Operation[]) => fc.Arbitrary<infer T> ? T : never;

  const send = ({ operation, parameter, query, body }: Request, token: string | undefined) => {
    const path = operation.url.replaceAll(/:\w+/g, () => encodeURIComponent(parameter));
    const search = query === null ? '' : `?${new URLSearchParams([[query[0], query[1]]]).toString()}`;
    return call(`${central.url}${path}${search}`, {
      method: operation.method,
      ...(token === undefined ? {} : { token }),
      ...(body === undefined ? {} : { body }),
    });
  };
  /** Of every row that there is. */
  const rowsOf = async (from: Database): Promise<string> => {
    const tables = await sql`select table_name as name from information_schema.tables where table_schema = 'public'`
      .execute(from)
      .then(({ rows }) => rows.map((row) => z.object({ name: z.string() }).parse(row).name));
    // Mails of a request before it may be on their way: what becomes of them is no work of this one's.
    const written = (name: string) =>
      name === 'mails' ? sql.raw('(row.about, row.place)::text') : sql.raw('row::text');
    const each = tables.map(
      (name) => sql`select ${name} as name, md5(string_agg(${written(name)}, ',' order by ${written(name)})) as rows
        from ${sql.table(name)} as row`,
    );
    const { rows } = await sql`${sql.join(each, sql` union all `)} order by name`.execute(from);
    return JSON.stringify(rows);
  };
  const state = async (): Promise<string> => {
    if (db !== null) return rowsOf(db);
    const hash = createHash('sha256');
    for (const { url } of LISTS) {
      const list = await call(`${central.url}${url}`, {
        ...(tokens.reader === undefined ? {} : { token: tokens.reader }),
      });
      hash.update(list.text);
    }
    return hash.digest('hex');
  };
  const answered = async (request: Request, token: string | undefined): Promise<number> => {
    const answer = await send(request, token);
    if (answer.status >= 400) {
      expect(REFUSALS).toContain(answer.status);
      expect(tmfErrorSchema.parse(answer.json()).status).toBe(String(answer.status));
      expect(answer.text).not.toMatch(/node_modules|\.ts:|syntax error|relation "/);
    }
    return answer.status;
  };

  it('from those who may not write is refused with a TMF body, and changes nothing (property)', async () => {
    const before = await state();
    // A GET that is allowed leaves its line in the audit trail.
    const writing = ASKED.filter(({ method, url }) => method !== 'GET' && /^\/(tmf-api|operator)\//.test(url));
    await fc.assert(
      fc.asyncProperty(
        requests(writing),
        fc.constantFrom('reader', 'customer', 'terminal', 'forged', 'none'),
        async (request, who) => {
          const status = await answered(request, tokens[who]);
          expect(status).toBeGreaterThanOrEqual(400);
          if (who === 'forged' || who === 'none') expect(status).toBe(401);
        },
      ),
      { numRuns: 150 },
    );
    expect(await state()).toBe(before);
  });

  it('nested deeper than any resource is refused', async () => {
    const post = (depth: number) =>
      call(`${central.url}${CENTRAL_PATHS.individual}`, {
        token: tokens.writer ?? '',
        body: `{"familyName":"x","givenName":"}{","more":${nested(depth)}}`,
      });
    expect((await post(50)).status).toBe(201);
    for (const depth of [100, 5_000, 50_000]) expect((await post(depth)).status).toBe(400);
  });

  it('from those who may is done or refused, where refused changes nothing, and never breaks central (property)', async () => {
    await fc.assert(
      fc.asyncProperty(requests(ASKED), fc.constantFrom('writer', 'customer', 'terminal'), async (request, who) => {
        // Tries are counted of what terminals and customers send, also of what was wrong with it.
        const watched = who === 'writer' && request.operation.method !== 'GET' ? db : null;
        const before = watched === null ? '' : await rowsOf(watched);
        const status = await answered(request, tokens[who]);
        if (watched !== null && status >= 400) expect(await rowsOf(watched)).toBe(before);
      }),
      { numRuns: 250 },
    );
    // What was taken can be read again, whatever it holds.
    for (const { url } of LISTS) {
      expect([200, 206]).toContain((await call(`${central.url}${url}`, { token: tokens.writer ?? '' })).status);
    }
  });
});
