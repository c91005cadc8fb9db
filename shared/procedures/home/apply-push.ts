import { z } from 'zod';
import { applyChanges, linesOf } from '../../domain/changes.ts';
import { contractsKnown, provisionSchema } from '../../domain/contract.ts';
import { chosen, isOrdered, isSoldTo, notAvailable, purchaseNotices, textOption } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';

const PUSH = 'push.tv-push';

/** イッツコム テレビ・プッシュの申込み (manual p.48-50). */
export const pushApply = defineProcedure({
  id: 'push.apply',
  area: 'home',
  manual: [48, 50],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ box: provisionSchema }),
  needs: (_facts, context) => {
    if (isOrdered(context, ['push'])) return notAvailable('change-pending');
    return isSoldTo(context, PUSH);
  },
  steps: [
    {
      kind: 'choose',
      id: 'box',
      questions: [
        {
          kind: 'one',
          id: 'box',
          options: ({ catalog }) => {
            const { purchaseYen } = chosen(catalog, PUSH, 'push');
            return [
              textOption('rental'),
              textOption('purchase', { price: { yen: purchaseYen, per: 'once', sample: true } }),
            ];
          },
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: ({ catalog, ...context }, { box }) => {
    const change = { action: 'add', offeringId: PUSH, provision: box } as const;
    const contracts = contractsKnown(context.facts);
    const { aloneYen, purchaseYen } = chosen(catalog, PUSH, 'push');
    const had = new Set(linesOf(contracts).map((line) => line.key));
    const line = applyChanges(catalog, contracts, [change]).find(
      ({ key, offeringId }) => offeringId === PUSH && !had.has(key),
    );
    const isAlone = context.facts.kind === 'known' && line?.monthlyYen === aloneYen;
    return {
      changes: [change],
      once: box === 'purchase' ? [{ id: 'ip-box-purchase', yen: purchaseYen, sample: true }] : [],
      notices: [
        ...purchaseNotices({ catalog, ...context }, box === 'purchase'),
        ...(isAlone ? [{ id: 'push-alone', yen: aloneYen } as const] : []),
      ],
      later: 'told-by-contact',
    };
  },
});
