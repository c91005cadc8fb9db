import { randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  answerCallResponseSchema,
  CALL_LISTENS_MS,
  type OwnCallAnswer,
  ownCallAnswerSchema,
  type ShopCallsAnswer,
  shopCallsAnswerSchema,
} from '../../shared/central-api/staff-calls.ts';
import { tokenResponseSchema } from '../../shared/central-api/terminal-v1.ts';
import { CALL_ESCALATES_MS, CALL_EXPIRES_MS } from '../../shared/domain/staff-call.ts';
import { createTestDatabase, hasPostgres } from '../../tests/setup/test-postgres.ts';
import { SIGNING_ALGORITHM } from '../identity/signing-key.ts';
import { ISSUER } from '../identity/tokens.ts';
import { type Answer, call } from '../testing/client.ts';
import { MANAGER, STAFF, type StaffSession, staffSignIn } from '../testing/staff.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { enrolByDemo, makeTerminal, terminalToken } from '../testing/test-terminal.ts';
import { eventually } from '../../tests/setup/eventually.ts';

const verificationSchema = z.looseObject({ status: z.literal('ok') });

describe.each(hasPostgres() ? ['pglite', 'postgres'] : ['pglite'])('calls for staff on %s', (store) => {
  let central: TestCentral;
  /** T01 is the counter's, T02 the kiosk. */
  let counter: string;
  let kiosk: string;
  let staff: StaffSession;
  let known = '';

  beforeAll(async () => {
    central = await startTestCentral(store === 'postgres' ? await createTestDatabase('calls') : null);
    counter = await terminalToken(central.url);
    kiosk = await newTerminal();
    staff = await staffSignIn(central.url);
  });
  afterAll(() => central.dispose());
  beforeEach(async () => {
    // What an earlier test left is over.
    for (const { id } of (await shop('')).calls) await own(id, { method: 'DELETE' });
    known = (await shop('')).version;
  });

  /** The counter's for the length of a call, which is longer than a terminal's token lives. */
  const lastingToken = (): Promise<string> => {
    const claims = { sub: 'T01', client_id: 'T01', scope: 'terminal', terminal: 'T01', shop: 'S001' };
    return new SignJWT(claims)
      .setProtectedHeader({ alg: SIGNING_ALGORITHM, kid: central.key.id, typ: 'at+jwt' })
      .setIssuer(ISSUER)
      .setAudience(ISSUER)
      .setExpirationTime(Math.floor((central.clocks.system() + 2 * CALL_EXPIRES_MS) / 1000))
      .sign(central.key.privateKey);
  };
  const newTerminal = async (): Promise<string> => {
    const machine = await makeTerminal();
    await enrolByDemo(central.url, machine);
    return tokenResponseSchema.parse((await machine.token(central.url)).json).access_token;
  };
  const own = (
    id: string,
    more: { method?: string; body?: unknown; token?: string; known?: string },
  ): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.calls}/${id}?known=${more.known ?? ''}`, { token: kiosk, ...more });
  const ownOf = (answer: Answer): OwnCallAnswer => {
    expect(answer.status, answer.text).toBe(200);
    return ownCallAnswerSchema.parse(answer.json());
  };
  const raise = async (id: string, token = kiosk, place = 'plan.recommended'): Promise<OwnCallAnswer> =>
    ownOf(await own(id, { method: 'PUT', body: { place }, token }));
  const ask = (has: string, token = counter, url = central.url): Promise<Answer> =>
    call(`${url}${CENTRAL_PATHS.calls}?known=${has}`, { token });
  const shop = async (has: string, token = counter): Promise<ShopCallsAnswer> =>
    shopCallsAnswerSchema.parse((await ask(has, token)).json());
  const answer = (id: string, token = staff.accessToken): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.staffCalls}/${id}/answer`, { token, method: 'POST' });
  /** Fires central's timers, as a second that passes would, until the question is answered. */
  const inTime = async <T>(question: Promise<T>, where = central): Promise<T> => {
    let isAnswered = false;
    void question.finally(() => {
      isAnswered = true;
    });
    await eventually(() => {
      where.timers.fire();
      expect(isAnswered).toBe(true);
    });
    return question;
  };

  it('lets who waits in the shop hear of a call at once, and of its withdrawal', async () => {
    const id = randomUUID();
    const waiting = shop(known);
    expect(await raise(id)).toMatchObject({ state: 'calling', staffName: null, isHeard: true });
    const heard = await waiting;
    expect(heard.calls).toEqual([
      { id, terminal: 'T02', place: 'plan.recommended', waitingSeconds: 0, isEscalated: false },
    ]);
    const next = shop(heard.version);
    expect(ownOf(await own(id, { method: 'DELETE' })).state).toBe('over');
    expect((await next).calls).toEqual([]);
    // A press whose answer was lost is repeated after all that, and changes nothing.
    expect((await raise(id)).state).toBe('over');
  });

  it('gives one answer to a repeat, and ends the call that a terminal left behind', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    await Promise.all([raise(first), raise(first)]);
    expect((await shop('')).calls).toHaveLength(1);
    await raise(second);
    expect((await shop('')).calls.map(({ id }) => id)).toEqual([second]);
    expect((await raise(first)).state).toBe('over');
    expect((await shop('')).calls.map(({ id }) => id)).toEqual([second]);
    expect((await own(second, { method: 'PUT', body: { place: 'home' }, token: counter })).status).toBe(409);
    // Another terminal can't end it either.
    await own(second, { method: 'DELETE', token: counter });
    expect((await shop('')).calls).toHaveLength(1);
  });

  it('lets the first one answer, tells the second one who does, and the kiosk who comes', async () => {
    const id = randomUUID();
    const { version } = await raise(id);
    const manager = await staffSignIn(central.url, MANAGER);
    const waiting = own(id, { known: version });
    const answers = await Promise.all([answer(id), answer(id, manager.accessToken)]);
    const [one, other] = answers.map((each) => answerCallResponseSchema.parse(each.json()));
    expect(one).toEqual(other);
    const winner = one?.answeredBy.number === STAFF.number ? staff : manager;
    expect(one).toEqual({
      terminal: 'T02',
      answeredBy: { number: winner.staff.number, name: winner.staff.name },
    });
    expect(ownOf(await waiting)).toMatchObject({ state: 'answered', staffName: winner.staff.name });
    expect((await shop('')).calls).toEqual([]);
    ownOf(await own(id, { method: 'DELETE' }));
    expect((await answer(id)).status).toBe(404);
    const operator = await central.tokens.forOperator(['tmf.read']);
    const verified = await call(`${central.url}${CENTRAL_PATHS.auditVerification}`, { token: operator });
    verificationSchema.parse(verified.json());
  });

  it('waits no longer than it should, and for one question of a terminal at a time', async () => {
    const both = [ask(known), ask(known)];
    expect((await Promise.race(both)).status).toBe(200);
    for (const answered of await inTime(Promise.all(both))) {
      expect(shopCallsAnswerSchema.parse(answered.json())).toEqual({ version: known, calls: [] });
    }
  });

  it('says whether a staff terminal listens', async () => {
    const [first, second] = [randomUUID(), randomUUID()];
    expect((await raise(first)).isHeard).toBe(true);
    central.clocks.advance(CALL_LISTENS_MS);
    expect((await raise(second)).isHeard).toBe(false);
    await shop('');
    expect((await raise(second)).isHeard).toBe(true);
  });

  it("keeps a call from another shop's terminals and staff", async () => {
    const operator = await central.tokens.forOperator(['operator']);
    const body = { name: '見本 職員', role: 'staff', shop: 'S002', active: true, pin: '135790' };
    await call(`${central.url}${CENTRAL_PATHS.operatorStaff}/2001`, { token: operator, method: 'PUT', body });
    const elsewhere = await central.tokens.forStaff({
      ...{ kind: 'staff', number: '2001', role: 'staff', shop: 'S002' },
      terminal: 'T01',
    });
    const id = randomUUID();
    await raise(id);
    expect((await answer(id, elsewhere)).status).toBe(404);
    expect((await shop('')).calls).toHaveLength(1);
  });

  it('ends the calls and questions of a terminal that is taken out of service', async () => {
    const lost = await newTerminal();
    const id = randomUUID();
    await raise(id, lost);
    const heard = await shop(known);
    expect(heard.calls).toHaveLength(1);
    const code = heard.calls[0]?.terminal ?? '';
    const waiting = ask(heard.version, lost);
    const operator = await central.tokens.forOperator(['operator']);
    const revocation = `${CENTRAL_PATHS.operatorTerminal}/${code}/revocation`;
    expect((await call(`${central.url}${revocation}`, { token: operator, method: 'POST' })).status).toBe(200);
    expect((await inTime(waiting)).status).toBe(401);
    expect((await inTime(shop(heard.version))).calls).toEqual([]);
    expect((await own(randomUUID(), { method: 'PUT', body: { place: 'home' }, token: lost })).status).toBe(401);
  });

  it('takes calls from terminals only, answers from staff only, and nothing about a person', async () => {
    const id = randomUUID();
    expect((await own(id, { method: 'PUT', body: { place: 'home' }, token: staff.accessToken })).status).toBe(403);
    expect((await own(id, { token: staff.accessToken })).status).toBe(403);
    expect((await ask('', staff.accessToken)).status).toBe(403);
    expect((await answer(id, kiosk)).status).toBe(403);
    for (const body of [{}, { place: '佐藤太郎' }, { place: 'home', name: 'x' }, { place: '1000000001' }]) {
      expect((await own(id, { method: 'PUT', body })).status).toBe(400);
    }
    expect((await own('not-an-id', { method: 'PUT', body: { place: 'home' } })).status).toBe(400);
  });

  it.runIf(store === 'postgres')('carries a call from one central to who waits at another', async () => {
    const second = await central.second();
    try {
      const waiting = ask(known, counter, second.url);
      const id = randomUUID();
      await raise(id);
      const heard = await inTime(waiting, second);
      expect(shopCallsAnswerSchema.parse(heard.json()).calls).toMatchObject([{ id }]);
      // A central that ends keeps nobody waiting.
      const { version } = await shop('');
      central.clocks.advance(CALL_LISTENS_MS);
      const last = ask(version, counter, second.url);
      await eventually(async () => expect((await raise(id)).isHeard).toBe(true));
      await second.close();
      expect((await last).status).toBe(200);
    } finally {
      await second.close();
    }
  });

  it('escalates what nobody answers, and forgets it in the end', async () => {
    counter = await lastingToken();
    const id = randomUUID();
    const { version } = await raise(id);
    const heard = await shop(known);
    const [atKiosk, atCounter] = [own(id, { known: version }), shop(heard.version)];
    central.clocks.advance(CALL_ESCALATES_MS);
    expect(ownOf(await inTime(atKiosk)).state).toBe('escalated');
    const escalated = await inTime(atCounter);
    expect(escalated.calls).toMatchObject([{ id, isEscalated: true, waitingSeconds: 30 }]);
    const last = shop(escalated.version);
    central.clocks.advance(CALL_EXPIRES_MS - CALL_ESCALATES_MS);
    expect((await inTime(last)).calls).toEqual([]);
    expect((await answer(id)).status).toBe(404);
  });
});
