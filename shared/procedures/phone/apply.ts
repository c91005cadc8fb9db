import { z } from 'zod';
import { contractOfType, hasBundleWith, isOrdered, isSoldTo, notAvailable } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';

const PHONE = 'phone.cable-plus';

/** ケーブルプラス電話の申込み (manual p.103-104). */
export const phoneApply = defineProcedure({
  id: 'phone.apply',
  area: 'phone',
  manual: [103, 104],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['phone', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({}),
  needs: (_facts, context) => {
    if (contractOfType(context, 'phone') !== undefined) return notAvailable('has-phone');
    if (isOrdered(context, ['phone'])) return notAvailable('change-pending');
    return isSoldTo(context, PHONE);
  },
  steps: [
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context) => ({
    changes: [{ action: 'add', offeringId: PHONE }],
    once: [],
    notices: [],
    later: hasBundleWith(context, 'phone') ? 'told-by-contact' : null,
  }),
});
