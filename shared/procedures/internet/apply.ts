import { z } from 'zod';
import { provisionSchema } from '../../domain/contract.ts';
import { chosen, purchaseNotices } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { canApplyForCourse, enteringNotices, laterWithCourse } from './course-application.ts';
import { courseCards } from './course-change.ts';
import { findModem, modemCards, modemPurchase, provisionOptions } from './modem.ts';

/** インターネットの申込み: メガ160, ワイド, プラス and ジャスト (manual p.70-72). */
export const internetApply = defineProcedure({
  id: 'internet.apply',
  area: 'internet',
  manual: [70, 72],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'cable-internet', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ course: z.string(), modem: z.string(), provision: provisionSchema }),
  needs: (_facts, context) => canApplyForCourse(context, 'kattobi'),
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [{ kind: 'one', id: 'course', options: (context) => courseCards(context, 'kattobi') }],
    },
    {
      kind: 'choose',
      id: 'equipment',
      questions: [
        { kind: 'one', id: 'modem', options: modemCards },
        {
          kind: 'one',
          id: 'provision',
          options: ({ catalog }, { modem }) => provisionOptions(findModem(catalog, modem)),
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { course, modem, provision }) => ({
    changes: [
      { action: 'add', offeringId: course },
      { action: 'add', offeringId: modem, provision },
    ],
    once: provision === 'purchase' ? modemPurchase(chosen(context.catalog, modem, 'modem')) : [],
    notices: [...enteringNotices(context, course), ...purchaseNotices(context, provision === 'purchase')],
    later: laterWithCourse(context),
  }),
});
