import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type ProductOrder, productOrderSchema } from '../../../shared/central-api/product-order.ts';
import type { ReceiptOutcome } from '../../../shared/contract/events.ts';
import { LANGUAGES } from '../../../shared/domain/language.ts';
import { timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure, PROCEDURE_IDS } from '../../../shared/procedures/registry.ts';
import { type Service, SERVICES } from '../../../tests/builders/services.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { type CounterRig, startCounter } from '../testing/counter-rig.ts';
import { slipTexts } from './slip-texts.ts';

const LOGINS = ['taro', 'hanako', 'jiro', 'saburo', 'shiro', 'goro', 'rokuro'];
const numberOf = (customer: number): string => `100000000${customer}`;

it('names every service', () => {
  const areas = ['tv', 'video', 'home', 'push', 'internet', 'phone', 'energy', 'nhk'];
  const services = PROCEDURE_IDS.filter((id) => areas.includes(id.split('.')[0] ?? ''));
  expect(SERVICES.map(({ id }) => id).toSorted()).toEqual(services.toSorted());
});

describe.each(['online', 'queued'] as const)('every service, %s', (line) => {
  let rig: CounterRig;
  beforeAll(async () => {
    rig = await startCounter();
  }, 120_000);
  afterAll(() => rig.close());

  if (line === 'online') {
    it('is applied for by staff, and central has the order and the customer a slip', async () => {
      const staffSessionId = await rig.signIn();
      const made = new Map<string, Service>();
      for (const service of SERVICES) {
        const who = { customerNumber: numberOf(service.customer), identityMethod: 'drivers-licence' } as const;
        const { sessionId } = await rig.client.staff.openCustomer({ staffSessionId, ...who });
        const outcome = await apply(sessionId, service);
        expect(outcome.state, service.id).toBe('accepted');
        made.set(outcome.receiptNumber, service);
        await rig.client.session.end({ sessionId });
      }
      await expectBooked(made, ['acknowledged', 'inProgress', 'completed']);
    });
    return;
  }

  it('waits for central, is then booked once, and is held for the identity check where staff knew no contracts', async () => {
    const staffSessionId = await rig.signIn();
    const sessions: string[] = [];
    for (const name of LOGINS) {
      const who = { loginId: `${name}@example.jp`, password: 'Counter2026', language: 'ja' } as const;
      sessions.push((await rig.client.session.signIn({ requestId: crypto.randomUUID(), ...who })).sessionId);
    }
    await rig.stopCentral();
    const own = new Map<string, Service>();
    for (const service of SERVICES) {
      const sessionId = sessions[service.customer - 1];
      // The customer with the devices has no login.
      if (sessionId === undefined) continue;
      own.set(await queued(sessionId, service), service);
    }
    const attested = new Map<string, Service>();
    for (const service of SERVICES) {
      const who = { customerNumber: numberOf(service.customer), identityMethod: 'drivers-licence' } as const;
      const { sessionId } = await rig.client.staff.openUnverified({ staffSessionId, ...who });
      const { facts } = await rig.client.session.view({ sessionId });
      const procedure = await loadProcedure(service.id);
      const { catalog } = await rig.client.catalog.get();
      const context = { catalog, facts, ...timesAt(Date.now()) };
      if (procedure.availability(context).available) attested.set(await queued(sessionId, service), service);
      await rig.client.session.end({ sessionId });
    }
    // Who changes the box or the type of address must know the present one.
    expect(SERVICES.length - attested.size).toBe(2);
    await rig.startCentral();
    await expectBooked(own, ['acknowledged', 'inProgress', 'completed']);
    await expectBooked(attested, ['held']);
  });

  async function queued(sessionId: string, service: Service): Promise<string> {
    const outcome = await apply(sessionId, service);
    expect(outcome.state, service.id).toBe('queued');
    return outcome.receiptNumber;
  }

  /** As the page does it; the price may have moved between what was shown and the key that was pressed. */
  async function apply(sessionId: string, { id, answers }: Service): Promise<ReceiptOutcome> {
    const language = LANGUAGES[SERVICES.findIndex((one) => one.id === id) % LANGUAGES.length] ?? 'ja';
    const procedure = await loadProcedure(id);
    const { catalog } = await rig.client.catalog.get();
    const { facts } = await rig.client.session.view({ sessionId });
    const context = { catalog, facts, ...timesAt(Date.now()) };
    const shown = procedure.quote(context, answers);
    if (!shown.ok) throw new Error(`${id}: ${JSON.stringify(shown.error)}`);
    const terms = await rig.client.terms.get({ ids: [...procedure.termsFor(context, answers)], language });
    const applicationId = uuidv7();
    const outcome = await rig.client.applications.submit({
      ...{ sessionId, applicationId, procedureId: id, answers, shownQuote: shown.value, language },
      terms: terms.map(({ id: document, version }) => ({ id: document, version })),
    });
    expect(await rig.client.applications.print({ sessionId, applicationId }), id).toEqual({ kind: 'printed' });
    const slip = rig.printer.receipts.at(-1)?.text ?? '';
    expect(slip, id).toContain(outcome.receiptNumber);
    // Other languages stand beside the Japanese on lines that may be drawn.
    if (language === 'ja') {
      expect(slip).toContain(slipTexts('ja')(`procedures:${id}.title`));
      expect(slip.includes(slipTexts('ja')('slips:provisional-stamp'))).toBe(outcome.state === 'queued');
    }
    expect(rig.printer.errors).toEqual([]);
    return outcome;
  }

  async function expectBooked(made: ReadonlyMap<string, Service>, states: readonly string[]): Promise<void> {
    const orders = await eventually(async () => {
      const found = (await allOrders()).filter(({ application }) => made.has(application?.receiptNumber ?? ''));
      expect(found).toHaveLength(made.size);
      return found;
    });
    for (const order of orders) {
      const service = made.get(order.application?.receiptNumber ?? '');
      expect(states, service?.id).toContain(order.state);
      if (order.state === 'held') {
        expect(
          order.note?.map(({ text }) => text),
          service?.id,
        ).toEqual(['identity-check']);
        continue;
      }
      const items = order.productOrderItem.map(
        ({ action, productOffering }) => `${action} ${productOffering?.id ?? ''}`,
      );
      expect(items, service?.id).toEqual(service?.items);
    }
  }

  async function allOrders(): Promise<ProductOrder[]> {
    const url = new URL(`${CENTRAL_PATHS.productOrder}?limit=1000`, rig.central);
    const answer = await fetch(url, { headers: { authorization: `Bearer ${await rig.operatorToken()}` } });
    return z.array(productOrderSchema).parse(await answer.json());
  }
});
