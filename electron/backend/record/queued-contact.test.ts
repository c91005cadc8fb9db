import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { productOrderSchema, reasonOf } from '../../../shared/central-api/product-order.ts';
import type { ReceiptOutcome } from '../../../shared/contract/events.ts';
import { customerChangeContact } from '../../../shared/procedures/account/change-contact.ts';
import { type Draft, timesAt } from '../../../shared/procedures/procedure.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

let rig: CounterRig;
beforeAll(async () => {
  rig = await startCounter();
  // Who signed in here once can do so without central.
  await rig.signIn();
}, 60_000);
afterAll(() => rig.close());

const signIn = async (loginId: string): Promise<string> => {
  const customer = { loginId, password: 'Counter2026', language: 'ja' } as const;
  return (await rig.client.session.signIn({ requestId: randomUUID(), ...customer })).sessionId;
};
const apply = async (sessionId: string, answers: Draft): Promise<ReceiptOutcome> => {
  const { catalog } = await rig.client.catalog.get();
  const { facts } = await rig.client.session.view({ sessionId });
  const quote = customerChangeContact.quote({ catalog, facts, ...timesAt(Date.now()) }, answers);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return rig.client.applications.submit({
    ...{ sessionId, applicationId: uuidv7(), procedureId: customerChangeContact.id, answers: { ...answers } },
    ...{ shownQuote: quote.value, terms: [], language: 'ja' },
  });
};
const to = (email: string): Draft => ({
  ...{ phone: '０９０ー１１１１ー２２２２', news: 'yes', where: 'other', email, again: email },
});
const onRecord = async (sessionId: string) => {
  const { record, facts } = await rig.client.session.view({ sessionId });
  return { phone: record?.daytimePhone, mail: facts.kind === 'known' ? facts.customer.contactEmail : null };
};
const mailsTo = async (address: string) =>
  (await caughtMails(rig.central.origin)).filter((mail) => mail.to.includes(address));
const linkAt = (address: string): Promise<string> =>
  eventually(async () => {
    const link = (await mailsTo(address))
      .flatMap(({ text }) => /https?:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '')
      .at(-1);
    if (link === undefined || link === '') throw new Error('no link yet');
    return link;
  });
/** When central has decided: carried out, or held and why. */
const decided = ({ applicationId }: ReceiptOutcome): Promise<string> =>
  eventually(async () => {
    const headers = { authorization: `Bearer ${await rig.operatorToken()}` };
    const url = new URL(`${CENTRAL_PATHS.productOrder}?externalId=${applicationId}`, rig.central);
    const [order] = productOrderSchema.array().parse(await (await fetch(url, { headers })).json());
    if (order?.state === 'completed') return order.state;
    if (order?.state === 'held') return `held: ${reasonOf(order) ?? ''}`;
    throw new Error('not decided yet');
  });
const open = (link: string): Promise<Response> => fetch(link, { method: 'POST' });

it('takes over the phone when central has it, and the address when its link is opened', async () => {
  const sessionId = await signIn('jiro@example.jp');
  await rig.stopCentral();
  const outcome = await apply(sessionId, to('Jiro.New@example.jp'));
  expect(outcome.state).toBe('queued');
  await rig.client.applications.print({ sessionId, applicationId: outcome.applicationId });
  await rig.startCentral();

  const link = await linkAt('Jiro.New@example.jp');
  const next = await signIn('jiro@example.jp');
  expect(await onRecord(next)).toEqual({ phone: '09011112222', mail: 'jiro@example.jp' });
  const [mail] = await mailsTo('Jiro.New@example.jp');
  expect(mail?.text).not.toMatch(/認証コード|次郎/);
  // A mail program that opens links changes nothing.
  expect(await (await fetch(link)).text()).toContain('これからのご連絡先');
  expect(await onRecord(await signIn('jiro@example.jp'))).toMatchObject({ mail: 'jiro@example.jp' });

  const answers = await Promise.all([open(link), open(link)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(await onRecord(await signIn('jiro@example.jp'))).toMatchObject({ mail: 'Jiro.New@example.jp' });
  for (const address of ['jiro@example.jp', 'Jiro.New@example.jp']) {
    const told = await eventually(async () => {
      const mails = (await mailsTo(address)).filter(({ subject }) => subject === '連絡先を変更しました');
      if (mails.length === 0) throw new Error('no mail yet');
      return mails;
    });
    expect(told).toHaveLength(1);
  }
  // The application's own mails say no price, and the slip none either.
  const own = (await mailsTo('jiro@example.jp')).filter(({ text }) => text.includes(outcome.receiptNumber));
  expect(own.length).toBeGreaterThan(0);
  expect(own.map(({ text }) => text).join()).not.toMatch(/円|月額/);
}, 60_000);

it('lets a later wish overtake the link of an earlier one', async () => {
  const sessionId = await signIn('goro@example.jp');
  expect((await apply(sessionId, to('goro.one@example.jp'))).state).toBe('accepted');
  const first = await linkAt('goro.one@example.jp');
  expect((await apply(sessionId, to('goro.two@example.jp'))).state).toBe('accepted');
  const second = await linkAt('goro.two@example.jp');
  expect((await open(first)).status).toBe(410);

  const changeId = randomUUID();
  const wish = { kind: 'contact', daytimePhone: '0312345678', wantsNews: false, email: 'goro.now@example.jp' } as const;
  await rig.client.record.begin({ sessionId, changeId, wish, language: 'ja' });
  const code = await eventually(async () => {
    const found = (await mailsTo('goro.now@example.jp'))
      .flatMap(({ text }) => /：(\d{6})/.exec(text)?.[1] ?? [])
      .at(-1);
    if (found === undefined) throw new Error('no code yet');
    return found;
  });
  await rig.client.record.prove({ sessionId, changeId, code });
  await rig.client.record.complete({ sessionId, changeId });
  expect((await open(second)).status).toBe(410);
  expect(await onRecord(await signIn('goro@example.jp'))).toEqual({ phone: '0312345678', mail: 'goro.now@example.jp' });
}, 60_000);

it.each([
  ['no phone', { ...to('a@example.jp'), phone: '' }],
  ['a short phone', { ...to('a@example.jp'), phone: '12345' }],
  ['an address entered otherwise the second time', { ...to('a@example.jp'), again: 'b@example.jp' }],
  ['no address', { ...to(''), again: '' }],
  ['an address that is none', to('a@example')],
])('refuses %s', async (_what, answers) => {
  await expect(apply(await signIn('shiro@example.jp'), answers)).rejects.toThrow();
});

it('goes to a mailbox of the operator’s too; mails no more links for one customer than codes', async () => {
  const sessionId = await signIn('rokuro@example.jp');
  const answers = { phone: '0312345607', news: 'no' };
  const outcomes = [await apply(sessionId, { ...answers, where: 'ryoko@mail.example.jp' })];
  expect((await open(await linkAt('ryoko@mail.example.jp'))).status).toBe(200);
  const next = await signIn('rokuro@example.jp');
  expect(await onRecord(next)).toMatchObject({ mail: 'ryoko@mail.example.jp' });
  for (const where of ['ryoko@mail.example.jp', 'taro@mail.example.jp']) {
    await expect(apply(next, { ...answers, where })).rejects.toThrow('not-offered');
  }
  for (const n of [1, 2, 3, 4, 5]) outcomes.push(await apply(next, to(`stranger-${n}@example.jp`)));
  // What goes beyond is held.
  const states = await Promise.all(outcomes.map(decided));
  expect(states.sort()).toEqual([...Array<string>(5).fill('completed'), 'held: too-many-mails']);
}, 60_000);

it('holds a wish for the address of an iTSCOM ID that the customer has not', async () => {
  const staffSessionId = await rig.signIn();
  const customer = { customerNumber: '1000000008', identityMethod: 'drivers-licence' } as const;
  const { sessionId } = await rig.client.staff.openCustomer({ staffSessionId, ...customer });
  const outcome = await apply(sessionId, { phone: '09011112222', news: 'yes', where: 'id' });
  expect(await decided(outcome)).toBe('held: no-mail-address');
  expect((await onRecord(sessionId)).phone).not.toBe('09011112222');
}, 60_000);

it('opens a link while something that withdraws it is under way', async ({ skip }) => {
  skip(rig.databaseUrl === null, 'PGlite has one connection');
  const sessionId = await signIn('saburo@example.jp');
  await apply(sessionId, to('saburo.new@example.jp'));
  const link = await linkAt('saburo.new@example.jp');
  const client = new pg.Client({ connectionString: rig.databaseUrl ?? '' });
  await client.connect();
  const customer = ['1000000004'];
  await client.query('begin');
  await client.query('select from customers where number = $1 for update', customer);
  const opened = open(link);
  await eventually(async () => {
    const waiting = await client.query(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    expect(waiting.rowCount).toBeGreaterThan(0);
  });
  await client.query("delete from codes where customer_number = $1 and purpose = 'contact-later'", customer);
  await client.query('commit');
  await client.end();
  expect((await opened).status).toBe(410);
}, 60_000);

it('leaves alone what was wished for later than an application that comes late', async () => {
  await rig.stopCentral();
  // What is done now was done an hour after the application's own time.
  await rig.startCentral(Date.now() + 60 * 60_000);
  const sessionId = await signIn('shiro@example.jp');
  const changeId = randomUUID();
  const wish = { kind: 'contact', daytimePhone: '0312345678', wantsNews: false, email: null } as const;
  await rig.client.record.begin({ sessionId, changeId, wish, language: 'ja' });
  await rig.client.record.complete({ sessionId, changeId });

  const late = await apply(sessionId, to('shiro.late@example.jp'));
  expect(await decided(late)).toBe('completed');
  // And says so, to who looks and to who reads mail.
  const entries = await rig.client.history.get({ sessionId });
  expect(entries).toContainEqual(expect.objectContaining({ receiptNumber: late.receiptNumber, reason: 'overtaken' }));
  await eventually(async () => {
    const told = (await mailsTo('shiro@example.jp')).filter(({ text }) => text.includes(late.receiptNumber));
    expect(told.at(-1)?.text).toContain('この内容には変えていません');
  });
  expect(await onRecord(await signIn('shiro@example.jp'))).toEqual({ phone: '0312345678', mail: 'shiro@example.jp' });
  expect(await mailsTo('shiro.late@example.jp')).toEqual([]);
}, 60_000);
