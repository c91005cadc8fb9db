import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { customerSearchResponseSchema } from '../../shared/central-api/staff.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { STAFF_LIMIT } from '../identity/sign-in-throttle.ts';
import { type Answer, call, readCatalog, readCustomer, signIn } from '../testing/client.ts';
import { terminalToken } from '../testing/test-terminal.ts';
import { MANAGER, openCustomer, STAFF, type StaffSession, staffSignIn } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';

const interactionsSchema = z.array(
  z.looseObject({
    reason: z.string(),
    relatedParty: z.array(z.looseObject({ id: z.string(), role: z.string() })),
    visit: z.looseObject({ kind: z.string(), identityMethod: z.string().nullish() }),
  }),
);

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('staff on %s', (store) => {
  let central: TestCentral;
  let operator: string;
  let staff: StaffSession;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('staff') : null);
    operator = await central.tokens.forOperator(['operator']);
    await employ('2001', { shop: 'S002' });
    staff = await staffSignIn(central.url);
  });
  afterAll(() => central.dispose());

  const at = (path: string): string => `${central.url}${path}`;
  const employ = async (number: string, changes: Record<string, unknown> = {}): Promise<void> => {
    const body = { name: '見本 職員', role: 'staff', shop: 'S001', active: true, pin: '135790', ...changes };
    const answer = await call(at(`${CENTRAL_PATHS.operatorStaff}/${number}`), { token: operator, method: 'PUT', body });
    expect(answer.status, answer.text).toBe(200);
  };
  const attempt = async (number: string, pin: string): Promise<Answer> =>
    call(at(CENTRAL_PATHS.staffSignIn), { token: await terminalToken(central.url), body: { number, pin } });
  const search = async (query: string, token = staff.accessToken): Promise<string[]> => {
    const answer = await call(at(`${CENTRAL_PATHS.staffCustomers}?${query}`), { token });
    expect(answer.status, answer.text).toBe(200);
    return customerSearchResponseSchema.parse(answer.json()).customers.map(({ number }) => number);
  };
  const customers = (token: string, query = 'number=1000000001'): Promise<Answer> =>
    call(at(`${CENTRAL_PATHS.staffCustomers}?${query}`), { token });

  it('signs staff in with their role, and says who it was', async () => {
    expect(staff.staff).toEqual({ number: '1001', name: '窓口 花子', role: 'staff', shop: 'S001' });
    expect((await staffSignIn(central.url, MANAGER)).staff.role).toBe('manager');
    const attested = await central.tokens.readAttestation(staff.attestation);
    expect(attested).toMatchObject({ staffNumber: '1001', terminal: 'T01' });
    for (const text of [staff.accessToken, `${staff.attestation.slice(0, -4)}AAAA`]) {
      expect(await central.tokens.readAttestation(text)).toBeNull();
    }
    expect((await call(at(CENTRAL_PATHS.configuration), { token: staff.attestation })).status).toBe(401);
  });

  it("refuses another shop's staff, those who left and wrong PINs alike, and locks a number that is guessed at", async () => {
    await employ('1002', { active: false });
    const refusal = await attempt('1001', '000000');
    expect(refusal.status).toBe(401);
    for (const [number, pin] of [
      ['2001', '135790'],
      ['1002', '135790'],
      ['7777', '135790'],
      ['1001', ''],
    ] as const) {
      const answer = await attempt(number, pin);
      if (pin !== '') expect([answer.status, answer.text]).toEqual([401, refusal.text]);
      else expect(answer.status).toBe(400);
    }
    await employ('1003');
    for (let miss = 0; miss < STAFF_LIMIT.failures; miss += 1) await attempt('1003', '000000');
    expect((await attempt('1003', '135790')).text).toBe(refusal.text);
    central.clocks.advance(STAFF_LIMIT.seconds * 1000 + 1);
    expect((await attempt('1003', '135790')).status).toBe(200);
    const byCustomer = await signIn(central.url, 'taro@example.jp');
    const path = at(CENTRAL_PATHS.staffSignIn);
    expect((await call(path, { token: byCustomer.accessToken, body: STAFF })).status).toBe(403);
  });

  it('finds customers by number, phone, beginning of the kana, and device', async () => {
    const q = (field: string, value: string): string => `${field}=${encodeURIComponent(value)}`;
    for (const [query, found] of [
      [q('number', '1000000001'), ['1000000001']],
      [q('number', ' １０００００００01'), ['1000000001']],
      [q('number', '100000000'), []],
      [q('phone', '03-1234-5678'), ['1000000008']],
      [q('phone', '０３ー１２３４ー５６７８'), ['1000000008']],
      [q('phone', '0312345'), []],
      [q('kana', 'ヤマダ'), ['1000000008']],
      [q('kana', 'やまだ たろう'), ['1000000008']],
      [q('kana', 'ﾔﾏﾀﾞ'), ['1000000008']],
      [q('kana', 'スズキ'), ['1000000002']],
      [q('kana', 'ヤマダタロウジ'), []],
      [q('kana', '%'), []],
      [q('kana', '山田'), []],
      [q('device', 'abc123456'), ['1000000008']],
      [q('device', 'ＡＢＣ-123456'), ['1000000008']],
      [q('device', 'ABC12345'), []],
    ] as const) {
      expect(await search(query), decodeURIComponent(query)).toEqual(found);
    }
    const one = customerSearchResponseSchema.parse((await customers(staff.accessToken)).json());
    expect(one).toEqual({
      customers: [
        {
          number: '1000000001',
          name: '佐藤 太郎',
          kana: 'サトウタロウ',
          address: '東京都世田谷区見本町1-2-3',
          phoneEnding: '5601',
        },
      ],
      hasMore: false,
    });
  });

  it('wants exactly one parameter, and staff who signed in', async () => {
    for (const query of ['', 'number=1&phone=2', 'name=x', 'number=1&number=2', 'number=1&name=x']) {
      expect((await customers(staff.accessToken, query)).status, query).toBe(400);
    }
    const customer = await signIn(central.url, 'taro@example.jp');
    for (const token of [operator, await terminalToken(central.url), customer.accessToken]) {
      expect((await customers(token)).status).toBe(403);
    }
  });

  it("opens a customer's session, for that customer only, and writes how identity was checked into the visit log", async () => {
    const session = await openCustomer(central.url, staff, '1000000002', 'residence-card');
    const catalog = await readCatalog(central.url, session.accessToken);
    expect((await readCustomer(central.url, session, catalog)).customer.name).toBe('鈴木 花子');
    const other = await call(at(`${CENTRAL_PATHS.customer}/1000000001`), { token: session.accessToken });
    expect(other.status).toBe(404);
    expect((await call(at(CENTRAL_PATHS.customer), { token: staff.accessToken })).status).toBe(403);
    const unknown = await call(at(CENTRAL_PATHS.staffCustomerSessions), {
      token: staff.accessToken,
      body: { customerNumber: '1999999999', sessionId: randomUUID(), identityMethod: 'passport' },
    });
    expect([unknown.status, unknown.json()]).toMatchObject([404, { code: 'customer-unknown' }]);

    const path = `${CENTRAL_PATHS.partyInteraction}?relatedParty.id=1000000002&sort=-creationDate`;
    const [latest] = interactionsSchema.parse((await call(at(path), { token: staff.accessToken })).json());
    expect(latest).toMatchObject({
      reason: 'customer-opened-by-staff',
      relatedParty: [{ id: '1000000002' }, { id: '1001', role: 'staff' }, { id: 'S001', role: 'shop' }],
      visit: { identityMethod: 'residence-card', sessionId: session.sessionId },
    });
  });

  it("shows the visit log to operators and to the shop's own staff", async () => {
    const customer = await signIn(central.url, 'taro@example.jp');
    const list = async (token: string): Promise<Answer> => call(at(CENTRAL_PATHS.partyInteraction), { token });
    const mine = interactionsSchema.parse((await list(operator)).json());
    expect(mine.some(({ reason }) => reason === 'customer-signed-in')).toBe(true);
    expect(interactionsSchema.parse((await list(staff.accessToken)).json())).toHaveLength(mine.length);
    const elsewhere = { kind: 'staff', number: '2001', role: 'staff', terminal: 'T01', shop: 'S002' } as const;
    expect((await list(await central.tokens.forStaff(elsewhere))).json()).toEqual([]);
    for (const token of [customer.accessToken, await terminalToken(central.url)]) {
      expect((await list(token)).status).toBe(403);
    }
  });

  it('refuses who is sent home while signed in at the next request, and the sessions that they opened', async () => {
    await employ('1004', { role: 'manager' });
    const leaving = await staffSignIn(central.url, { number: '1004', pin: '135790' });
    const session = await openCustomer(central.url, leaving, '1000000003');
    const own = at(`${CENTRAL_PATHS.customer}/1000000003`);
    expect((await call(own, { token: session.accessToken })).status).toBe(200);
    for (const change of [{ active: false }, { shop: 'S002' }]) {
      await employ('1004', change);
      for (const answer of [await customers(leaving.accessToken), await call(own, { token: session.accessToken })]) {
        expect([answer.status, answer.json()]).toMatchObject([401, { code: 'staff-refused' }]);
      }
    }
    await employ('1004');
    expect((await customers(leaving.accessToken)).status).toBe(200);
  });

  it.skipIf(store !== 'postgres')(
    'notes who searched what field, never what was typed, and finds by an index',
    async () => {
      const client = new pg.Client({ connectionString: central.databaseUrl ?? '' });
      await client.connect();
      await client.query(`
      insert into customers (number, individual_id, full_name, family_name, given_name, kana, dwelling, phone, address)
      select (2000000000 + n)::text, 'many-' || n, '見本 ' || n, '見本', n::text,
        case when n <= 25 then 'ミホンヒト' else 'カナ' || n end, 'house', (8000000000 + n)::text, '見本町'
      from generate_series(1, 5000) as n`);
      await client.query('analyze customers');
      const many = customerSearchResponseSchema.parse(
        (await customers(staff.accessToken, `kana=${encodeURIComponent('ミホン')}`)).json(),
      );
      expect([many.customers.length, many.hasMore]).toEqual([20, true]);
      expect(await search('phone=8000000007')).toEqual(['2000000007']);

      const { rows } = await client.query(
        "select actor_kind, actor, terminal_code, detail, customer_number from audit_log where detail like 'search%' order by place desc limit 2",
      );
      expect(rows).toEqual([
        {
          actor_kind: 'staff',
          actor: '1001',
          terminal_code: 'T01',
          detail: 'search by phone',
          customer_number: '2000000007',
        },
        { actor_kind: 'staff', actor: '1001', terminal_code: 'T01', detail: 'search by kana', customer_number: null },
      ]);
      await client.end();
    },
  );
});
