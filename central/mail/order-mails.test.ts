import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import type { Language } from '../../shared/domain/language.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { caughtMails } from '../testing/caught-mails.ts';
import { call, orderFor, postOrder, repriced, type Session, signIn } from '../testing/client.ts';
import { listMessages } from '../testing/messages.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { eventually } from '../../tests/setup/eventually.ts';

const plan = { plan: 'bundle.hikari-triple-2g' };
const course = { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' };

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('mails about orders on %s', (store) => {
  let central: TestCentral;
  let operator: string;

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('mails') : null);
    operator = await central.tokens.forOperator(['tmf.write']);
  });
  afterAll(() => central.dispose());

  const orders = (): string => `${central.url}${CENTRAL_PATHS.productOrder}`;
  const taro = (): Promise<Session> => signIn(central.url, 'taro@example.jp');
  const planOrder = (session: Session, language: Language = 'ja') =>
    orderFor(central.url, session, 'plan.recommended', plan, central.clocks.business(), language);
  const post = async (session: Session, order: { readonly externalId: string }) => {
    const answer = await postOrder(central.url, session, order);
    expect(answer.status, answer.text).toBe(201);
    return productOrderSchema.parse(answer.json());
  };
  const move = async (id: string, state: string): Promise<void> => {
    const answer = await call(`${orders()}/${id}`, { token: operator, method: 'PATCH', body: { state } });
    expect(answer.status, answer.text).toBe(200);
  };
  /** Oldest first: what was queued about that order, and where it went. */
  const newsOf = async (id: string) => {
    const all = await listMessages(central.url, operator, '?limit=1000');
    return all.flatMap((message) => {
      const value = (name: string) => message.characteristic.find((one) => one.name === name)?.value;
      return value('about') === `productOrder/${id}`
        ? [{ ...message, kind: value('kind'), why: value('failure') }]
        : [];
    });
  };
  const kindsOf = async (id: string) => (await newsOf(id)).map(({ kind }) => kind);
  /** Waits until all mails about it have arrived. */
  const arrived = async (id: string) => {
    const news = await newsOf(id);
    return eventually(async () => {
      const caught = await caughtMails(central.url);
      return news.map(({ subject, receiver }) => {
        const [mail, ...others] = caught.filter((one) => one.subject === subject);
        expect(others).toEqual([]);
        expect(mail?.to).toEqual([receiver[0]?.email]);
        if (mail === undefined) throw new Error('not there yet');
        return mail;
      });
    });
  };

  it('tells whose application can never be taken, once, however often it is posted', async () => {
    const session = await taro();
    const order = await planOrder(session);
    const { application } = order;
    const refused = { ...order, application: { ...application, answers: { plan: 'bundle.never-there' } } };
    for (let posted = 0; posted < 2; posted += 1) {
      expect((await postOrder(central.url, session, refused)).status).toBe(422);
    }
    const subject = `お申込みのお手続きができませんでした（受付番号 ${application.receiptNumber}）`;
    const mails = async () => (await caughtMails(central.url)).filter((mail) => mail.subject === subject);
    await eventually(async () => expect(await mails()).toHaveLength(1));
    const [mail] = await mails();
    expect(mail?.to).toEqual(['taro@example.jp']);
    for (const part of ['佐藤 太郎 様', 'おすすめプランの申込み', 'ご契約も料金も、いままでどおりです']) {
      expect(mail?.text).toContain(part);
    }
    const all = await listMessages(central.url, operator, '?limit=1000');
    expect(all.filter((message) => message.subject === subject)).toHaveLength(1);
  });

  it('sends one mail for an accepted application, however often it is posted', async () => {
    const session = await taro();
    const order = await planOrder(session);
    const answers = await Promise.all(Array.from({ length: 20 }, () => postOrder(central.url, session, order)));
    const { id } = await post(session, order);
    expect(answers.some(({ status }) => status === 201)).toBe(true);
    expect(await kindsOf(id)).toEqual(['accepted']);
    await move(id, 'cancelled');
    expect(await kindsOf(id)).toEqual(['accepted', 'cancelled']);
    const [mail] = await arrived(id);
    const number = order.application.receiptNumber;
    expect(mail).toMatchObject({ language: 'ja', from: 'no-reply@example.jp', to: ['taro@example.jp'] });
    expect(mail?.subject).toBe(`お申込みを受け付けました（受付番号 ${number}）`);
    for (const part of ['佐藤 太郎 様', number, 'おすすめプランの申込み', '現在：14,843円', '変更後：16,240円']) {
      expect(mail?.text).toContain(part);
    }
    expect(mail?.text).toContain('手続き完了の翌月から');
    expect(mail?.text).toContain('デモショップ：03-0000-0001');
    expect(mail?.text).toContain('見本（デモ）');
    // The date is the business clock's.
    expect(Math.abs(Date.parse(mail?.date ?? '') - central.clocks.business())).toBeLessThan(60_000);
  });

  it.each([
    ['ja', 'お申込みを受け付けました', '現在：14,843円', 'イッツコムひかり'],
    ['en', 'We have received your application', 'After the change: 16,240 yen', 'Hikari'],
    ['zh', '您的申请已受理', '变更后：16,240日元', '光纤'],
    ['ko', '신청을 접수했습니다', '변경 후: 16,240엔', '히카리'],
  ] as const)('writes in the language of the application (%s)', async (language, subject, total, name) => {
    const session = await taro();
    const { id } = await post(session, await planOrder(session, language));
    await move(id, 'cancelled');
    const [mail] = await arrived(id);
    expect(mail?.subject).toContain(subject);
    expect(mail?.language).toBe(language);
    expect(mail?.text).toContain(total);
    expect(mail?.text).toContain(name);
  });

  it('tells of a held application, of its release and of its completion, in that order', async () => {
    const session = await signIn(central.url, 'jiro@example.jp');
    const now = central.clocks.business();
    const first = await post(session, await orderFor(central.url, session, 'internet.change-course', course, now));
    const held = await post(session, await orderFor(central.url, session, 'internet.change-course', course, now));
    expect(held.state).toBe('held');
    await move(first.id, 'cancelled');
    const [told] = await arrived(held.id);
    expect(told?.subject).toContain('お申込みの内容を確認しています');
    expect(told?.text).toContain('先にお申込みの手続きが進んでいます');
    await move(held.id, 'acknowledged');
    await move(held.id, 'inProgress');
    await move(held.id, 'completed');
    expect(await kindsOf(held.id)).toEqual(['held', 'released', 'completed']);
    const [, released, completed] = await arrived(held.id);
    expect(released?.text).toContain('かっとびジャスト');
    expect(completed?.text).toContain('2026年12月のご利用分から');
  });

  it('tells what a price that changed meanwhile would be', async () => {
    const session = await taro();
    const held = await post(session, repriced(await planOrder(session), 16_240, 16_239));
    expect(held.state).toBe('held');
    const [mail] = await arrived(held.id);
    expect(mail?.text).toContain('変更後：16,239円');
    expect(mail?.text).toContain('新しい料金での変更後：16,240円');
    await move(held.id, 'rejected');
    expect(await kindsOf(held.id)).toEqual(['held', 'rejected']);
  });

  it('says that the total is told later where the catalog cannot decide it', async () => {
    const session = await taro();
    const now = central.clocks.business();
    const change = { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' };
    const made = await post(session, await orderFor(central.url, session, 'internet.change-course', change, now));
    await move(made.id, 'cancelled');
    const [mail] = await arrived(made.id);
    expect(mail?.text).toContain('変更後：後日お知らせ');
    expect(mail?.text).toContain('お得パックの内容を組み替える');
  });

  it('mails nothing about what was not authorised, nor about orders of operators', async () => {
    const session = await taro();
    const order = await planOrder(session);
    const before = (await listMessages(central.url, operator, '?limit=1000')).length;
    expect((await postOrder(central.url, session, order, { 'submission-grant': '' })).status).toBe(403);
    const body = {
      productOrderItem: [{ id: '1', action: 'add', productOffering: { id: 'internet.wide' } }],
      relatedParty: [{ id: session.customerNumber, role: 'customer' }],
    };
    const made = await call(orders(), { token: operator, body });
    expect(made.status).toBe(201);
    await move(productOrderSchema.parse(made.json()).id, 'cancelled');
    expect(await listMessages(central.url, operator, '?limit=1000')).toHaveLength(before);
  });

  it('shows mails to their customer and to operators only, in pages', async () => {
    const session = await taro();
    const jiro = await signIn(central.url, 'jiro@example.jp');
    const mine = await listMessages(central.url, session.accessToken, '?limit=1000');
    expect(mine.length).toBeGreaterThan(2);
    expect(new Set(mine.map(({ receiver }) => receiver[0]?.id))).toEqual(new Set([session.customerNumber]));
    const path = `${central.url}${CENTRAL_PATHS.communicationMessage}`;
    const one = `${path}/${mine[0]?.id ?? ''}`;
    expect((await call(one, { token: session.accessToken })).json()).toEqual(mine[0]);
    expect((await call(one, { token: jiro.accessToken })).status).toBe(404);
    expect((await call(path, { token: session.terminalToken })).status).toBe(403);
    expect((await call(path)).status).toBe(401);
    const page = await call(`${path}?limit=2&offset=1&state=completed`, { token: session.accessToken });
    expect([page.status, page.headers.get('x-result-count')]).toEqual([206, '2']);
    const found = await listMessages(central.url, operator, `?receiver.id=${jiro.customerNumber}`);
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ receiver }) => receiver[0]?.id === jiro.customerNumber)).toBe(true);
  });

  it.skipIf(store !== 'postgres')('makes no order whose mail cannot be queued', async () => {
    const client = new pg.Client({ connectionString: central.databaseUrl ?? '' });
    await client.connect();
    await client.query('alter table mails add constraint none check (false) not valid');
    const session = await taro();
    const order = await planOrder(session);
    expect((await postOrder(central.url, session, order)).status).toBe(500);
    const found = await call(`${orders()}?externalId=${order.externalId}`, { token: operator });
    expect(found.headers.get('x-total-count')).toBe('0');
    await client.query('alter table mails drop constraint none');
    await client.end();
    const { id } = await post(session, order);
    await move(id, 'cancelled');
    expect(await kindsOf(id)).toEqual(['accepted', 'cancelled']);
  });

  it.skipIf(store !== 'postgres')('records that a customer without an address was not told', async () => {
    const client = new pg.Client({ connectionString: central.databaseUrl ?? '' });
    await client.connect();
    const session = await signIn(central.url, 'jiro@example.jp');
    await client.query('update customers set contact_email = null where number = $1', [session.customerNumber]);
    await client.end();
    const now = central.clocks.business();
    const change = { course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' };
    const made = await post(session, await orderFor(central.url, session, 'internet.change-course', change, now));
    const [news, ...others] = await newsOf(made.id);
    expect(others).toEqual([]);
    expect(news).toMatchObject({ kind: 'accepted', state: 'failed', why: 'no-address' });
    expect(news?.receiver[0]).not.toHaveProperty('email');
    expect((await caughtMails(central.url)).map(({ subject }) => subject)).not.toContain(news?.subject);
  });
});
