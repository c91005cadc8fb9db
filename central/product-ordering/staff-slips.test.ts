import { describe, expect, it } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { staffSlipSchema } from '../../shared/central-api/reprint.ts';
import { type Answer, call, postOrder } from '../testing/client.ts';
import { openCustomer } from '../testing/staff.ts';
import { JIRO, plus, staffOrdersOn, ANY_STORE } from '../testing/staff-orders.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

describe.each(ANY_STORE)('slips that are printed again, on %s', (store) => {
  const desk = staffOrdersOn(store, 'staff-slips');
  const { made, cancel, online, visitsTo, now } = desk;

  const slipOf = (applicationId: string, token: string): Promise<Answer> =>
    call(`${desk.central.url}${CENTRAL_PATHS.staffOrders}/${applicationId}/slip`, { token });
  const tell = (token: string, body: object): Promise<Answer> =>
    call(`${desk.central.url}${CENTRAL_PATHS.reprints}`, { token, body });

  it('come from the order, for the shop that took it, and are written down once', async () => {
    const session = await openCustomer(desk.central.url, desk.staff, JIRO);
    const sent = await online(session, plus);
    const order = await made(postOrder(desk.central.url, session, sent));
    const slip = staffSlipSchema.parse((await slipOf(sent.externalId, desk.staff.accessToken)).json());
    expect(slip.application).toEqual(sent.application);
    expect(slip.quote).toMatchObject({ kind: 'total', catalogVersion: sent.application.catalogVersion });

    const elsewhere = { name: '見本 職員', role: 'staff', shop: 'S002', active: true, pin: '135790' };
    const path = `${desk.central.url}${CENTRAL_PATHS.operatorStaff}/2002`;
    expect((await call(path, { token: desk.operator, method: 'PUT', body: elsewhere })).status).toBe(200);
    const stranger = { kind: 'staff', number: '2002', role: 'staff', terminal: 'T01', shop: 'S002' } as const;
    expect((await slipOf(sent.externalId, await desk.central.tokens.forStaff(stranger))).status).toBe(404);
    expect((await slipOf(sent.externalId, desk.staff.terminalToken)).status).toBe(403);
    expect((await slipOf(uuidv7(), desk.staff.accessToken)).status).toBe(404);

    const at = new Date(now()).toISOString();
    const told = { id: uuidv7(), applicationId: sent.externalId, number: 1, at, staffNumber: '1001' };
    expect((await tell(desk.staff.terminalToken, told)).status).toBe(201);
    expect((await tell(desk.staff.terminalToken, told)).status).toBe(200);
    // The same machine under another code, once it was let in again; still the same reprint.
    expect((await tell(await tokenOfAnother(desk.central.url), told)).status).toBe(200);
    expect((await tell(desk.staff.terminalToken, { ...told, applicationId: uuidv7() })).status).toBe(404);
    expect((await tell(desk.staff.accessToken, told)).status).toBe(403);
    expect(await visitsTo(order.id)).toMatchObject([
      { reason: 'application' },
      {
        reason: 'slip-reprinted',
        visit: { number: 1 },
        relatedParty: [{ id: JIRO }, { id: '1001' }, { id: 'S001' }],
      },
    ]);
    await cancel(order.id);
  });
});
