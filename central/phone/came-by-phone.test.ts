import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { phonePictureSchema } from '../../shared/central-api/phone-hand-overs.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { productOrderSchema } from '../../shared/central-api/product-order.ts';
import { type IdentityCheck, PICTURE_KINDS, type PictureKind } from '../../shared/domain/identity-policy.ts';
import { ONE_TIME_PAGE_LIMIT } from '../identity/sign-in-throttle.ts';
import { call, type FrozenOrder, orderFor, postOrder, signIn } from '../testing/client.ts';
import { CHECK_BY_PICTURE, type PhoneRig, startPhoneRig } from '../testing/phone-rig.ts';
import { tokenOfAnother } from '../testing/test-terminal.ts';

describe('pictures from a phone, in an order', () => {
  let rig: PhoneRig;
  beforeAll(async () => {
    rig = await startPhoneRig();
  });
  beforeEach(() => rig.central.clocks.advance(ONE_TIME_PAGE_LIMIT.seconds * 1000 + 1));
  afterAll(() => rig.close());

  it('prove an identity in an order as what they came for only', async () => {
    const session = await signIn(rig.central.url, 'goro@example.jp');
    const now = rig.central.clocks.business();
    const answers = {
      ...{ plan: 'data', volume: 'mobile.data-3gb', fiveG: 'off', set: 'sim-only', simSize: 'nano' },
      ...{ contractorBornOn: '1985-01-02', relation: 'self', contactNumber: '08012345678' },
    };
    const order = () => orderFor(rig.central.url, session, 'mobile.apply', answers, now);
    const taken = async (of: object, by = session.terminalToken) => {
      const handOver = await rig.begun(by, of);
      const own = rig.phone();
      await own.claim(handOver.password);
      const pictures: { side: PictureKind; captureId: string; base64: string }[] = [];
      for (const side of PICTURE_KINDS) {
        expect((await own.send(side, rig.next())).status).toBe(200);
        const { hash, base64 } = phonePictureSchema.parse((await handOver.picture(side, by)).json());
        await handOver.judge(side, hash, null, by);
        pictures.push({ side, captureId: hash, base64 });
      }
      return pictures;
    };
    const judged = async (
      plain: FrozenOrder,
      sent: readonly { readonly side: PictureKind; readonly captureId: string; readonly base64: string }[],
      named: { byPhone?: true } = { byPhone: true },
    ): Promise<unknown> => {
      const own = { token: session.terminalToken, headers: { 'submission-grant': session.submissionGrant } };
      for (const { captureId, base64 } of sent) {
        const at = `${rig.central.url}${CENTRAL_PATHS.captures}/${plain.externalId}/${captureId}`;
        const bytes = Buffer.from(base64, 'base64').length;
        await call(at, { ...own, method: 'PUT', body: { bytes, mediaType: 'image/jpeg' } });
        expect((await call(`${at}/parts`, { ...own, body: { offset: 0, base64 } })).status).toBe(200);
      }
      const check: IdentityCheck = {
        ...{ ...CHECK_BY_PICTURE, agrees: ['name', 'address', 'bornOn'], typed: ['bornOn'], staffNumber: '1001' },
        ...{ checkedAt: new Date(now).toISOString() },
        pictures: sent.map(({ side, captureId }) => ({ side, captureId, ...named })),
      };
      const captures = sent.map(({ captureId }) => captureId);
      const application = { ...plain.application, captures, identityChecks: [check] };
      const answer = await postOrder(rig.central.url, session, { ...plain, application });
      expect(answer.status, answer.text).toBe(201);
      const { id, state, note } = productOrderSchema.parse(answer.json());
      if (state !== 'held') return undefined;
      // Else the next one would be held for it.
      const operator = await rig.central.tokens.forOperator(['tmf.write']);
      const path = `${rig.central.url}${CENTRAL_PATHS.productOrder}/${id}`;
      await call(path, { token: operator, method: 'PATCH', body: { state: 'cancelled' } });
      return note?.[0]?.text;
    };
    const { sessionId } = session;
    const own = await order();
    const pictures = await taken({ sessionId, applicationId: own.externalId });
    // Of another application, session or terminal, or of another side.
    expect(await judged(await order(), pictures)).toBe('identity-check');
    const another = await order();
    const elsewhere = { applicationId: another.externalId };
    expect(await judged(another, await taken(elsewhere))).toBe('identity-check');
    const moved = await order();
    const there = await taken({ sessionId, applicationId: moved.externalId }, await tokenOfAnother(rig.central.url));
    expect(await judged(moved, there)).toBe('identity-check');
    const turned = await order();
    const [front, back, thickness] = await taken({ sessionId, applicationId: turned.externalId });
    if (front === undefined || back === undefined || thickness === undefined) throw new Error('a side is missing');
    const swapped = [{ ...front, side: back.side }, { ...back, side: front.side }, thickness];
    expect(await judged(turned, swapped)).toBe('identity-check');
    // As the camera's, which they are not.
    const posing = await order();
    const hidden = await taken({ sessionId, applicationId: posing.externalId });
    expect(await judged(posing, hidden, {})).toBe('identity-check');
    expect(await judged(own, pictures)).toBeUndefined();
  });
});
