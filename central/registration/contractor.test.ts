import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasPostgres } from '../../tests/setup/test-postgres.ts';
import { CONTRACTOR_LIMIT } from '../identity/sign-in-throttle.ts';
import type { Database } from '../store/schema.ts';
import type { Answer } from '../testing/client.ts';
import { newVisit, type OwnCentral, startOwnCentral, verifyAt } from '../testing/registrations.ts';
import type { TestCentral } from '../testing/test-central.ts';
import { terminalToken } from '../testing/test-terminal.ts';

describe.skipIf(!hasPostgres())('the contractor of a registration', () => {
  let own: OwnCentral;
  let central: TestCentral;
  let db: Database;
  let token: string;

  beforeAll(async () => {
    own = await startOwnCentral('contractor');
    ({ central, db } = own);
    token = await terminalToken(central.url);
  });
  afterAll(() => own.close());

  const verify = (contractor: object): Promise<Answer> => verifyAt(central, token, newVisit(), contractor);

  it('is known however it is written, by each proof', async () => {
    for (const contractor of [
      { kana: 'ﾔﾏﾀﾞ ﾀﾛｳ', phone: '03-1234-5678', proof: { kind: 'device', value: 'ABC-123:456' } },
      {
        kana: 'やまだ　たろう',
        phone: '０３１２３４５６７８',
        proof: { kind: 'customer-number', value: '１００００００００８' },
      },
      { kana: 'ヤマダ　タロウ', phone: '03ー1234ー5678', proof: { kind: 'card', value: '４２４２' } },
    ]) {
      const answer = await verify({ ...contractor, additional: null });
      expect(answer.json()).toMatchObject({ state: 'verified', replaces: false });
    }
    const hanako = { kana: 'ホシノハナコ', phone: '0398765432', proof: { kind: 'bank-account', value: '2024' } };
    const known = await db.selectFrom('customers').selectAll().where('number', '=', '1000000002').executeTakeFirst();
    const answer = await verify({ ...hanako, kana: known?.kana, phone: known?.phone, additional: null });
    expect(answer.json()).toMatchObject({ replaces: true });
  });

  it('is told the same of whatever is wrong, and of too much of it', async () => {
    const taro = await db
      .selectFrom('customers')
      .selectAll()
      .where('number', '=', '1000000001')
      .executeTakeFirstOrThrow();
    const right = { kana: taro.kana, phone: taro.phone, proof: { kind: 'card', value: '1881' }, additional: null };
    const wrong = [
      { ...right, proof: { kind: 'card', value: '4242' } },
      { ...right, kana: 'ヤマダタロウ' },
      { ...right, kana: 'taro' },
      { ...right, proof: { kind: 'device', value: 'ABC123456' } },
      { ...right, proof: { kind: 'customer-number', value: '1000000008' } },
    ];
    const answers = [];
    for (const contractor of wrong) answers.push(await verify(contractor));
    expect(wrong).toHaveLength(CONTRACTOR_LIMIT.failures);
    answers.push(await verify(right));
    answers.push(await verify({ ...right, phone: '0999999999' }));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.json()).toMatchObject({ status: '422', code: 'contractor-refused' });
    central.clocks.advance(CONTRACTOR_LIMIT.seconds * 1000 + 1);
    token = await terminalToken(central.url);
    expect((await verify(right)).status).toBe(200);
  });

  it('is asked for another proof where name, phone and proof are of several contracts', async () => {
    const row = await db
      .selectFrom('customers')
      .selectAll()
      .where('number', '=', '1000000006')
      .executeTakeFirstOrThrow();
    await db
      .insertInto('customers')
      .values({ ...row, number: '2000000006', individual_id: 'twin', contact_email: null })
      .execute();
    await db
      .insertInto('payment_endings')
      .values({ customer_number: '2000000006', kind: 'card', last_four: '6011' })
      .execute();
    const contractor = { kana: row.kana, phone: row.phone, proof: { kind: 'card', value: '6011' }, additional: null };
    expect((await verify(contractor)).json()).toMatchObject({ state: 'additional' });
    const additional = (value: string) => ({ ...contractor, additional: { kind: 'customer-number', value } });
    expect((await verify(additional('2000000006'))).json()).toMatchObject({
      state: 'verified',
      replaces: false,
    });
    expect((await verify(additional('1000000006'))).json()).toMatchObject({
      state: 'verified',
      replaces: true,
    });
    expect((await verify(additional('1000000001'))).status).toBe(422);
  });
});
