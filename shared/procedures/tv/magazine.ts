import { z } from 'zod';
import { offeringById } from '../../domain/catalog.ts';
import { AVAILABLE, contractOfType, isOrdered, isSoldTo, notAvailable, textOption } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { presentTvCourses } from './courses.ts';

const MAGAZINE = 'tv.magazine';

/** 番組案内誌 (iTSCOM magazine): subscribe or end (manual p.61). */
export const tvMagazine = defineProcedure({
  id: 'tv.magazine',
  area: 'tv',
  manual: [61, 61],
  purposes: ['apply', 'change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'month-after-completion',
  application: z.object({ magazine: z.enum(['subscribe', 'end']) }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return isSoldTo(context, MAGAZINE);
    const courses = presentTvCourses(context);
    if (courses.length === 0) return notAvailable('no-tv-contract');
    if (isOrdered(context, ['magazine'])) return notAvailable('change-pending');
    const magazine = contractOfType(context, 'magazine');
    if (magazine?.changePending) return notAvailable('change-pending');
    if (magazine !== undefined) return AVAILABLE;
    return courses.some(({ includesMagazine }) => includesMagazine)
      ? notAvailable('magazine-included')
      : isSoldTo(context, MAGAZINE);
  },
  steps: [
    {
      kind: 'choose',
      id: 'magazine',
      questions: [
        {
          kind: 'one',
          id: 'magazine',
          words: ['subscribe', 'end'],
          options: (context) => {
            const has = contractOfType(context, 'magazine') !== undefined;
            const yen = offeringById(context.catalog, MAGAZINE).monthlyYen;
            const price = { yen, per: 'month', sample: false } as const;
            return [
              textOption('subscribe', { price, disabled: has ? 'current' : null }),
              ...(has ? [textOption('end')] : []),
            ];
          },
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  decide: (context, { magazine }) => {
    const present = contractOfType(context, 'magazine');
    return {
      changes: [
        magazine === 'end' && present !== undefined
          ? { action: 'delete', contractId: present.id }
          : { action: 'add', offeringId: MAGAZINE },
      ],
      once: [],
      notices: [],
      later: 'told-by-contact',
    };
  },
});
