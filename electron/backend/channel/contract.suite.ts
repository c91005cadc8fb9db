import { ORPCError, safe } from '@orpc/client';
import type { ContractRouterClient } from '@orpc/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { contract } from '../../../shared/contract/contract.ts';
import { contractsKnown } from '../../../shared/domain/contract.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { documentPicture, pictureOf, pngOf } from '../testing/pictures.ts';
import { planOf, type ShopRig, startShop } from '../testing/shop-rig.ts';

export type Client = ContractRouterClient<typeof contract>;

export interface OpenPage {
  readonly client: Client;
  /** Puts a frame on the wire as it is. */
  sendRaw(frame: string | Uint8Array): void;
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

const JIRO = { loginId: 'jiro@example.jp', password: 'Counter2026', language: 'ja' } as const;

const eventually = <T>(check: () => Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 15_000, interval: 20 });

/** What holds over every carrier. */
export function contractSuite(name: string, open: (shop: ShopRig) => Promise<OpenPage>): void {
  describe(`the contract over ${name}`, () => {
    let shop: ShopRig;
    let page: OpenPage;
    beforeEach(async () => {
      shop = await startShop();
      page = await open(shop);
      await eventually(async () => expect((await page.client.terminal.status()).central).toBe('reachable'));
    });
    afterEach(async () => {
      await page.close();
      await shop.close();
    });

    const signIn = async () => page.client.session.signIn({ requestId: crypto.randomUUID(), ...JIRO });

    async function submission(sessionId: string): Promise<Parameters<Client['applications']['submit']>[0]> {
      const { quote, answers } = await planOf(page.client, sessionId);
      const terms = await page.client.terms.get({ ids: ['common', 'cable-internet', 'price-list'], language: 'ja' });
      return {
        sessionId,
        applicationId: uuidv7(),
        procedureId: 'internet.change-course',
        answers,
        shownQuote: quote,
        terms: terms.map(({ id, version }) => ({ id, version })),
        language: 'ja',
      };
    }

    it('pushes the status first, then each change', async () => {
      const events = await page.client.terminal.events();
      expect((await events.next()).value).toMatchObject({
        type: 'status',
        status: { central: 'reachable', waiting: 0 },
      });
      await shop.central.stop();
      const seen: unknown[] = [];
      for await (const event of events) {
        seen.push(event);
        if (event.type === 'status' && event.status.central === 'unreachable') break;
      }
      expect(seen.length).toBeGreaterThan(0);
    }, 40_000);

    it('signs in, shows contracts, takes an application and says how it went', async () => {
      const { sessionId } = await signIn();
      const { facts } = await page.client.session.view({ sessionId });
      if (facts.kind !== 'known') throw new Error('central is there');
      expect(facts.customer.number).toBe('1000000003');
      expect(facts.contracts.length).toBeGreaterThan(0);
      const input = await submission(sessionId);
      const outcome = await page.client.applications.submit(input);
      expect(outcome).toMatchObject({ state: 'accepted', applicationId: input.applicationId });
      expect(await page.client.applications.submit(input)).toMatchObject({ receiptNumber: outcome.receiptNumber });
      expect(shop.central.booked).toEqual([input.applicationId]);
      expect((await page.client.session.view({ sessionId })).applications).toHaveLength(1);
    });

    it('takes applications while central is down and sends them when it is back', async () => {
      const { sessionId } = await signIn();
      const input = await submission(sessionId);
      await shop.central.stop();
      const outcome = await page.client.applications.submit(input);
      expect(['queued', 'sending']).toContain(outcome.state);
      const view = await page.client.session.view({ sessionId });
      expect(view.fresh).toBe(false);
      expect(contractsKnown(view.facts).some((contract) => contract.changePending)).toBe(true);
      const second = await safe(page.client.applications.submit({ ...input, applicationId: uuidv7() }));
      expect(second.error).toMatchObject({ code: 'NOT_AVAILABLE', data: { reason: 'change-pending' } });
      await shop.central.start();
      await vi.waitFor(
        async () => expect((await page.client.session.view({ sessionId })).applications[0]?.state).toBe('accepted'),
        { timeout: 20_000, interval: 100 },
      );
      expect(shop.central.booked).toEqual([input.applicationId]);
    }, 40_000);

    it('says as typed errors what is wrong', async () => {
      const { sessionId } = await signIn();
      const input = await submission(sessionId);
      const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
        const { error } = await safe(call);
        return error instanceof ORPCError && error.defined ? error.code : error;
      };
      const { submit } = page.client.applications;
      const tampered: Quote = { ...input.shownQuote, once: [{ id: 'modem-purchase', yen: 1, sample: false }] };
      expect(await codeOf(submit({ ...input, shownQuote: tampered }))).toBe('QUOTE_CHANGED');
      expect(await codeOf(submit({ ...input, answers: { ...input.answers, course: 'internet.none' } }))).toBe(
        'INVALID_ANSWERS',
      );
      expect(await codeOf(submit({ ...input, terms: [] }))).toBe('TERMS_INCOMPLETE');
      expect(await codeOf(submit({ ...input, procedureId: 'no.such' }))).toBe('UNKNOWN_PROCEDURE');
      expect(await codeOf(submit({ ...input, sessionId: crypto.randomUUID() }))).toBe('SESSION_GONE');
      expect(await codeOf(page.client.applications.print({ sessionId, applicationId: uuidv7() }))).toBe(
        'UNKNOWN_APPLICATION',
      );
      expect(
        await codeOf(page.client.session.signIn({ requestId: crypto.randomUUID(), ...JIRO, password: 'wrong' })),
      ).toBe('SIGN_IN_REFUSED');
      expect(shop.central.booked).toEqual([]);
    });

    it('takes pictures as bytes, and applies with those that are named', async () => {
      const { sessionId } = await signIn();
      const input = await submission(sessionId);
      const of = { sessionId, applicationId: input.applicationId };
      const { begin, discard, keep, show, taken } = page.client.captures;
      const shows = { person: 'contractor', document: 'drivers-licence', side: 'front' } as const;
      // Larger than any other frame may be.
      const whole = pictureOf({ width: 1920, height: 1080 });
      const picture = new File([whole], 'front');
      const codeOf = async (call: Promise<unknown>): Promise<unknown> => {
        const { error } = await safe(call);
        return error instanceof ORPCError ? error.code : error;
      };
      expect(await codeOf(keep({ ...of, shows, picture }))).toBe('NOT_AGREED');
      await begin(of);
      const other = await keep({ ...of, shows, picture: new File([documentPicture('front')], 'front') });
      const kept = await keep({ ...of, shows, picture });
      expect(await keep({ ...of, shows, picture })).toEqual(kept);
      expect(await taken(of)).toEqual([kept]);
      const shown = await show({ ...of, captureId: kept.captureId });
      expect(shown.type).toBe('image/jpeg');
      expect(Buffer.from(await shown.arrayBuffer()).equals(whole)).toBe(true);
      expect(await codeOf(show({ ...of, captureId: other.captureId }))).toBe('LOST');
      const stranger = await signIn();
      const foreign = { ...of, sessionId: stranger.sessionId };
      expect(await codeOf(show({ ...foreign, captureId: kept.captureId }))).toBe('NOT_OPEN');
      expect(await codeOf(discard({ ...foreign, person: 'contractor' }))).toBe('NOT_OPEN');
      const { captureId } = kept;
      const torn = new File([whole.subarray(0, 100_000)], 'torn');
      expect(await codeOf(keep({ ...of, shows, picture: torn }))).toBe('NO_PICTURE');
      expect(await codeOf(keep({ ...of, shows, picture: new File([], 'nothing') }))).toBe('NO_PICTURE');
      expect(await codeOf(keep({ ...of, shows, picture: new File([pngOf(400)], 'noise') }))).toBe('NOT_LEGIBLE');
      expect(await codeOf(keep({ ...of, shows, sessionId: crypto.randomUUID(), picture }))).toBe('SESSION_GONE');
      const { submit } = page.client.applications;
      expect(await codeOf(submit({ ...input, captures: [other.captureId] }))).toBe('CAPTURES_MISSING');
      expect(await submit({ ...input, captures: [captureId] })).toMatchObject({ state: 'accepted' });
      expect(shop.central.captures.contentOf(input.applicationId, captureId)?.equals(whole)).toBe(true);
      expect(await codeOf(keep({ ...of, shows, picture }))).toBe('NOT_OPEN');
      const left = { sessionId, applicationId: uuidv7() };
      await begin(left);
      await keep({ ...left, shows, picture });
      expect(await codeOf(show({ ...of, captureId }))).toBe('NOT_OPEN');
      await discard({ ...left, person: 'contractor' });
      expect(await taken(left)).toEqual([]);
      expect(await codeOf(show({ ...left, captureId }))).toBe('LOST');
      await keep({ ...left, shows, picture });
      await page.client.session.end({ sessionId });
    });

    it('says how a call for staff stands, until it is ended', async () => {
      const events = await page.client.terminal.events();
      const own: unknown[] = [];
      const callId = crypto.randomUUID();
      // This central knows of no calls: nobody hears it.
      await page.client.calls.raise({ callId, place: 'home', sessionId: null });
      for await (const event of events) {
        if (event.type !== 'calls') continue;
        own.push(event.calls.own);
        if (event.calls.own?.state === 'unheard') await page.client.calls.end({ callId });
        if (own.length > 1 && event.calls.own === null) break;
      }
      expect(own.slice(-2)).toEqual([{ callId, state: 'unheard' }, null]);
    });

    it('gives the same session for the same request, and none after its end', async () => {
      const requestId = crypto.randomUUID();
      const [first, second] = await Promise.all([
        page.client.session.signIn({ requestId, ...JIRO }),
        page.client.session.signIn({ requestId, ...JIRO }),
      ]);
      expect(second.sessionId).toBe(first.sessionId);
      const { sessionId } = first;
      expect(await page.client.terminal.heartbeat({ sessionId, staffSessionId: null })).toMatchObject({
        sessionAlive: true,
      });
      await page.client.session.end({ sessionId });
      await page.client.session.end({ sessionId });
      expect(await page.client.terminal.heartbeat({ sessionId, staffSessionId: null })).toMatchObject({
        sessionAlive: false,
      });
      expect((await safe(page.client.session.view({ sessionId }))).error).toMatchObject({ code: 'SESSION_GONE' });
    });

    it('does nothing for a terminal that belongs to no shop but say how it gets there', async () => {
      const unbound = await startShop((central) => {
        central.approvesItself = false;
      });
      const { client, close } = await open(unbound);
      try {
        // A carrier that starts a program of its own has a second terminal beside the shop's.
        const code = await eventually(async () => {
          const { terminalCode, enrolment } = await client.terminal.status();
          expect(terminalCode).toBeNull();
          if (enrolment.state !== 'waiting') throw new Error(enrolment.state);
          expect(enrolment.cause).toBe('new');
          return enrolment.code;
        });
        const sessionId = crypto.randomUUID();
        expect(await client.terminal.heartbeat({ sessionId, staffSessionId: null })).toMatchObject({
          sessionAlive: false,
        });
        const calls: readonly (() => Promise<unknown>)[] = [
          () => client.session.signIn({ requestId: crypto.randomUUID(), ...JIRO }),
          () => client.session.view({ sessionId }),
          () => client.session.touch({ sessionId }),
          () => client.session.end({ sessionId }),
          () => client.catalog.get(),
          () => client.terms.get({ ids: ['common'], language: 'ja' }),
          () => client.applications.print({ sessionId, applicationId: uuidv7() }),
          () => client.staff.signIn({ number: '1001', pin: '248163' }),
          () => client.calls.raise({ callId: sessionId, place: 'home', sessionId }),
        ];
        for (const call of calls) {
          expect((await safe(call())).error).toMatchObject({ code: 'NOT_ENROLLED', defined: true });
        }
        unbound.central.approve(code);
        await eventually(async () =>
          expect(await client.terminal.status()).toMatchObject({
            terminalCode: 'T01',
            enrolment: { state: 'enrolled' },
            central: 'reachable',
          }),
        );
        expect((await client.catalog.get()).catalog.offerings.length).toBeGreaterThan(0);
      } finally {
        await close();
        await unbound.close();
      }
    });

    it('refuses input that does not fit, without its text', async () => {
      const { error } = await safe(page.client.session.view({ sessionId: 'no uuid' }));
      expect(error).toBeInstanceOf(ORPCError);
      expect(error).toMatchObject({ code: 'BAD_REQUEST' });
      expect(JSON.stringify(error)).not.toContain('no uuid');
    });

    it('ends only the connection that sent what is no call', async () => {
      const frames: [string, string | Uint8Array][] = [
        ['no JSON', '{"i":'],
        ['another shape', '[1,2,3]'],
        ['a request without a call', '{"i":"1","p":{}}'],
        ['an endless frame', `{"i":"1","p":{"u":"/x","b":"${'x'.repeat(300_000)}"}}`],
        ['bytes', new Uint8Array([0xff, 0x00, 0x80])],
      ];
      for (const [name, frame] of frames) {
        const other = await open(shop);
        other.sendRaw(frame);
        await other.closed;
        expect((await page.client.terminal.status()).terminalCode, name).toMatch(/^T0\d$/);
      }
    });
  });
}
