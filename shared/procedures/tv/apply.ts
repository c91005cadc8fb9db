import { z } from 'zod';
import { findOffering, offeringById } from '../../domain/catalog.ts';
import { manyOf } from '../answers.ts';
import {
  AVAILABLE,
  contractOfType,
  isOrdered,
  notAvailable,
  textOption,
  tvExclusionNotices,
} from '../contracts-at-hand.ts';
import { defineProcedure, type ProcedureContext } from '../procedure.ts';
import {
  channelCards,
  channelNotices,
  feeStartWith,
  hasSetAndSingle,
  presentTvCourses,
  tvCourseCards,
} from './courses.ts';

const MAGAZINE = 'tv.magazine';

/** テレビサービスの申込み (manual p.51-54). The set-top box is rented, and its rental is in the price. */
export const tvApply = defineProcedure({
  id: 'tv.apply',
  area: 'tv',
  manual: [51, 54],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'hikari-tv', 'milplus', 'b-cas', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ course: z.string(), magazine: z.enum(['subscribe', 'no']).optional(), channels: z.string() }),
  needs: (_facts, context) => {
    if (isOrdered(context, ['tv-course'])) return notAvailable('change-pending');
    return tvCourseCards(context, ['forNew']).some((card) => card.disabled === null)
      ? AVAILABLE
      : notAvailable('nothing-at-address');
  },
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [{ kind: 'one', id: 'course', options: (context) => tvCourseCards(context, ['forNew']) }],
    },
    {
      kind: 'choose',
      id: 'options',
      questions: [
        {
          kind: 'one',
          id: 'magazine',
          when: (context, { course }) => {
            const offering = findOffering(context.catalog, course ?? '');
            const isIncluded = offering?.type === 'tv-course' && offering.includesMagazine;
            return !isIncluded && !hasMagazine(context) && offeringById(context.catalog, MAGAZINE).sellable;
          },
          options: ({ catalog }) => {
            const { monthlyYen: yen } = offeringById(catalog, MAGAZINE);
            const price = { yen, per: 'month', sample: false } as const;
            return [textOption('subscribe', { price }), textOption('no')];
          },
        },
        { kind: 'many', id: 'channels', options: channelCards },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  rules: [{ id: 'set-and-single', question: 'channels', isBroken: hasSetAndSingle }],
  decide: (context, { course, magazine, channels }) => ({
    changes: [
      { action: 'add', offeringId: course, provision: 'rental' },
      ...(magazine === 'subscribe' ? [{ action: 'add', offeringId: MAGAZINE } as const] : []),
      ...manyOf(channels).map((offeringId) => ({ action: 'add', offeringId }) as const),
    ],
    once: [],
    notices: [
      ...tvExclusionNotices(context, course),
      ...channelNotices(context, manyOf(channels)),
      { id: 'age-limits' },
    ],
    later: 'told-by-contact',
    ...feeStartWith(manyOf(channels)),
  }),
});

/** With a TV that is there already, or on its way. */
function hasMagazine(context: ProcedureContext): boolean {
  return (
    contractOfType(context, 'magazine') !== undefined ||
    isOrdered(context, ['magazine']) ||
    presentTvCourses(context).some(({ includesMagazine }) => includesMagazine)
  );
}
