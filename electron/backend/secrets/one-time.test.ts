import { randomUUID } from 'node:crypto';
import { ORPCError } from '@orpc/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import { ONE_TIME_LIFE_SECONDS } from '../../../shared/central-api/one-time-passwords.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Contractor } from '../../../shared/central-api/registration.ts';
import type { OneTimeOwner, OneTimePasswordIssued } from '../../../shared/contract/one-time.ts';
import { oneTimeGrouped } from '../../../shared/domain/one-time-password.ts';
import { isIn, needlesOf } from '../../../tests/canaries/forms.ts';
import { databasePlaces, filesUnder } from '../../../tests/canaries/places.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { systemTimers } from '../ports.ts';
import { type AnswerLoser, startAnswerLoser } from '../testing/answer-loser.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';

const YAMADA: Contractor = {
  ...{ kana: 'ﾔﾏﾀﾞ ﾀﾛｳ', phone: '03-1234-5678', additional: null },
  proof: { kind: 'device', value: 'ABC123456' },
};
/** So many are issued for one customer in a while. */
const SATO: Contractor = {
  ...{ kana: 'サトウタロウ', phone: '0312345601', additional: null },
  proof: { kind: 'card', value: '1881' },
};
const PASSWORD = 'Canary%Pass1';
const REDEMPTION = `${CENTRAL_PATHS.oneTimePasswords}/redemption`;
/** In the middle of the slip: after the printer was asked how it is, before the cut. */
const MIDWAY = 300;

type Visit = Extract<OneTimeOwner, { kind: 'visit' }>;

describe('a one-time password between central, the page and the paper', () => {
  let rig: CounterRig;
  let loser: AnswerLoser;
  let terms: { id: 'my-page'; version: string }[];
  const seen = new Set<string>();
  /** What happens when those that were issued are over, in turn. */
  const ends: (() => void)[] = [];

  beforeAll(async () => {
    const before = async (central: URL): Promise<URL> => {
      loser = await startAnswerLoser(() => central);
      return new URL(loser.url);
    };
    rig = await startCounter(Date.now, before, {
      after: (milliseconds, callback) => {
        if (milliseconds === ONE_TIME_LIFE_SECONDS * 1000) ends.push(callback);
        return systemTimers.after(milliseconds, callback);
      },
    });
    // Known here, so that it is found out when central is away.
    await rig.signIn();
    const [document] = await rig.client.terms.get({ ids: ['my-page'], language: 'ja' });
    terms = [{ id: 'my-page', version: document?.version ?? '' }];
  }, 60_000);
  afterAll(async () => {
    await rig.close();
    await loser.close();
  });

  const visitOf = (): Visit => ({ kind: 'visit', registrationId: randomUUID(), visitId: randomUUID() });
  const names = ({ registrationId, visitId }: Visit) => ({ registrationId, visitId });
  async function begin(contractor: Contractor = YAMADA): Promise<Visit> {
    const visit = visitOf();
    await rig.client.registration.verify({ ...names(visit), contractor });
    return visit;
  }
  async function issue(owner: OneTimeOwner, issueId: string = randomUUID()): Promise<OneTimePasswordIssued> {
    const issued = await rig.client.oneTime.issue({ owner, issueId, terms, language: 'ja' });
    seen.add(issued.password);
    return issued;
  }
  const print = (owner: OneTimeOwner, issueId: string) => rig.client.oneTime.print({ owner, issueId, language: 'ja' });
  const redeem = (password: string, visit = visitOf()) => rig.client.registration.redeem({ ...names(visit), password });
  const refusalOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'not refused',
      (error: unknown) => (error instanceof ORPCError ? String(error.code) : 'unexpected'),
    );

  it('is printed again where the printer refused, once in all, and lets the registration go on to its end', async () => {
    const visit = await begin();
    const issued = await issue(visit);
    const receipts = rig.printer.receipts.length;
    rig.printer.setPaper('out');
    expect(await print(visit, issued.issueId)).toEqual({
      ...{ outcome: { kind: 'refused', reason: 'paper-out' }, password: 'valid' },
    });
    expect(await issue(visit, issued.issueId)).toEqual(issued);
    rig.printer.setPaper('ok');
    const [once, twice] = await Promise.all([print(visit, issued.issueId), print(visit, issued.issueId)]);
    expect([once, twice]).toEqual([once, { outcome: { kind: 'printed' }, password: 'valid' }]);
    expect(rig.printer.receipts).toHaveLength(receipts + 1);
    expect(await refusalOf(print(visit, issued.issueId))).toBe('ALREADY_PRINTED');
    const slip = rig.printer.receipts.at(-1)?.text ?? '';
    expect(slip).toContain(oneTimeGrouped(issued.password));
    expect(slip).toContain(`${rig.central.origin}/one-time?lang=ja#${issued.password}`);

    const next = visitOf();
    expect(await refusalOf(redeem('123456789012'))).toBe('ONE_TIME_REFUSED');
    loser.lose(REDEMPTION, 1);
    expect(await refusalOf(redeem(issued.password, next))).toBe('CENTRAL_UNREACHABLE');
    expect(await redeem(issued.password, next)).toEqual({ loginId: null, replaces: false, terms });
    expect(await refusalOf(redeem(issued.password))).toBe('ONE_TIME_REFUSED');
    const chosen = { loginId: 'slip@example.jp', password: PASSWORD, terms, language: 'ja' } as const;
    await rig.client.registration.mail({ ...names(next), ...chosen });
    const code = await eventually(async () => {
      const mail = (await caughtMails(rig.central.origin)).find(({ to }) => to.includes('slip@example.jp'));
      const found = /認証コード：(\d{6})/.exec(mail?.text ?? '')?.[1] ?? '';
      expect(found).not.toBe('');
      return found;
    });
    await rig.client.registration.prove({ ...names(next), code });
    expect(await rig.client.registration.complete({ ...names(next), contact: 'id' })).toEqual({
      loginId: 'slip@example.jp',
    });
  });

  it('is revoked before another is issued, where it may lie on paper and central is away', async () => {
    const visit = await begin();
    const issued = await issue(visit);
    await rig.stopCentral();
    rig.printer.setFault({ kind: 'drop', afterBytes: MIDWAY });
    expect(await print(visit, issued.issueId)).toEqual({
      ...{ outcome: { kind: 'unknown' }, password: 'revocation-waits' },
    });
    rig.printer.setFault(null);
    expect(await refusalOf(issue(visit))).toBe('CENTRAL_UNREACHABLE');
    expect(await refusalOf(issue(visit, issued.issueId))).toBe('REVOKED');
    await rig.startCentral();
    const anew = await issue(visit);
    expect(await refusalOf(redeem(issued.password))).toBe('ONE_TIME_REFUSED');
    rig.printer.setFault({ kind: 'cover-open', afterBytes: MIDWAY });
    expect(await print(visit, anew.issueId)).toMatchObject({ outcome: { kind: 'failed' }, password: 'revoked' });
    rig.printer.setFault(null);
    rig.printer.setCover('closed');
    expect(await refusalOf(redeem(anew.password))).toBe('ONE_TIME_REFUSED');
    const last = await issue(visit);
    expect(await print(visit, last.issueId)).toMatchObject({ outcome: { kind: 'printed' } });
    expect(await redeem(last.password)).toMatchObject({ terms });
  });

  it('is issued anew where central’s answer was lost; two presses are one wish', async () => {
    const visit = await begin();
    loser.lose(CENTRAL_PATHS.oneTimePasswords, 1);
    expect(await redeem((await issue(visit)).password)).toMatchObject({ terms });
    loser.lose(CENTRAL_PATHS.oneTimePasswords, 2);
    const issueId = randomUUID();
    expect(await refusalOf(issue(visit, issueId))).toBe('OUTCOME_UNKNOWN');
    const [left, right] = await Promise.all([issue(visit, issueId), issue(visit, issueId)]);
    expect(left).toEqual(right);
    expect(await redeem(left.password)).toMatchObject({ terms });
    expect(await refusalOf(issue(visitOf()))).toBe('OVER');
  });

  it('is of one visitor, and gone with them', async () => {
    const first = await begin(SATO);
    const issued = await issue(first);
    const second = await begin(SATO);
    const next = await issue(second);
    expect(await refusalOf(print(first, issued.issueId))).toBe('NOT_HELD');
    await rig.client.oneTime.forget({ owner: second });
    expect(await refusalOf(print(second, next.issueId))).toBe('NOT_HELD');
  });

  it('is forgotten when it is over, and no other of the same visitor with it', async () => {
    const visit = await begin(SATO);
    ends.length = 0;
    const first = await issue(visit);
    const second = await issue(visit);
    expect(ends).toHaveLength(2);
    ends[0]?.();
    expect(await refusalOf(print(visit, first.issueId))).toBe('NOT_HELD');
    expect(await print(visit, second.issueId)).toEqual({ outcome: { kind: 'printed' }, password: 'valid' });
  });

  it('is issued by staff for a customer whom they know, and for nobody who signed in alone', async () => {
    const staffSessionId = await rig.signIn();
    const { sessionId } = await rig.client.staff.openCustomer({
      ...{ staffSessionId, customerNumber: '1000000006', identityMethod: 'drivers-licence' },
    });
    const owner = { kind: 'session', sessionId } as const;
    const issued = await issue(owner);
    expect(await print(owner, issued.issueId)).toEqual({ outcome: { kind: 'printed' }, password: 'valid' });
    expect(await redeem(issued.password)).toMatchObject({ replaces: true });
    const held = await issue(owner);
    await rig.client.session.end({ sessionId });
    expect(await refusalOf(print(owner, held.issueId))).toBe('SESSION_GONE');
    const alone = { loginId: 'taro@example.jp', password: 'Counter2026', language: 'ja' } as const;
    const signedIn = await rig.client.session.signIn({ requestId: randomUUID(), ...alone });
    expect(await refusalOf(issue({ kind: 'session', sessionId: signedIn.sessionId }))).toBe('SESSION_GONE');
  });

  it('is nowhere afterwards', async () => {
    const logs = [...rig.logs, ...rig.centralLogs].map((line) => ({ where: line, content: Buffer.from(line) }));
    const stored = rig.databaseUrl === null ? [] : await databasePlaces(rig.databaseUrl);
    const written = [...filesUnder(rig.dataDir), ...filesUnder(rig.centralData), ...stored, ...logs];
    expect(seen.size).toBeGreaterThan(6);
    const planted = Object.fromEntries([...seen].flatMap((one) => [one, oneTimeGrouped(one)]).map((one) => [one, one]));
    const needles = needlesOf({ ...planted, PASSWORD });
    for (const { where, content } of written)
      expect(
        needles.filter((one) => isIn(content, one)),
        where,
      ).toEqual([]);
  });
});
