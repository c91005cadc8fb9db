import { z } from 'zod';
import { provisionSchema } from '../../domain/contract.ts';
import {
  chosen,
  contractOfType,
  isOrdered,
  isSoldTo,
  notAvailable,
  purchaseNotices,
  textOption,
} from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import {
  AT_MOST,
  deviceCards,
  deviceChanges,
  GATEWAY,
  gatewayPurchase,
  lacksWhatItRequires,
  purchases,
} from './devices.ts';

const HOME = 'home.service';

/** iTSCOM HOMEの申込み (manual p.42-45). */
export const homeApply = defineProcedure({
  id: 'home.apply',
  area: 'home',
  manual: [42, 45],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'home', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ gateway: provisionSchema, rented: z.string(), bought: z.string() }),
  needs: (_facts, context) => {
    if (contractOfType(context, 'home') !== undefined) return notAvailable('has-home');
    if (isOrdered(context, ['home'])) return notAvailable('change-pending');
    const gateway = isSoldTo(context, GATEWAY);
    return gateway.available ? isSoldTo(context, HOME) : gateway;
  },
  steps: [
    {
      kind: 'choose',
      id: 'gateway',
      questions: [
        {
          kind: 'one',
          id: 'gateway',
          options: ({ catalog }) => {
            const { monthlyYen, purchaseYen, purchaseSample = false } = chosen(catalog, GATEWAY, 'home-device');
            return [
              textOption('rental', { price: { yen: monthlyYen, per: 'month', sample: false } }),
              ...(purchaseYen === undefined
                ? []
                : [textOption('purchase', { price: { yen: purchaseYen, per: 'once', sample: purchaseSample } })]),
            ];
          },
        },
      ],
    },
    {
      kind: 'choose',
      id: 'devices',
      questions: [
        { kind: 'counts', id: 'rented', atMost: AT_MOST, options: (context) => deviceCards(context, 'rental') },
        { kind: 'counts', id: 'bought', atMost: AT_MOST, options: (context) => deviceCards(context, 'purchase') },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  rules: [{ id: 'speaker-needs-controller', question: 'rented', isBroken: lacksWhatItRequires }],
  decide: (context, { gateway, rented, bought }) => {
    const isGatewayBought = gateway === 'purchase';
    return {
      changes: [
        { action: 'add', offeringId: HOME },
        { action: 'add', offeringId: GATEWAY, provision: gateway },
        ...deviceChanges({ rented, bought }),
      ],
      once: [
        ...(isGatewayBought ? gatewayPurchase(chosen(context.catalog, GATEWAY, 'home-device')) : []),
        ...purchases(context, bought),
      ],
      notices: purchaseNotices(context, isGatewayBought),
      later: 'told-by-contact',
    };
  },
});
