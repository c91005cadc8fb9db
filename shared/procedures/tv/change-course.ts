import { z } from 'zod';
import { manyOf } from '../answers.ts';
import {
  AVAILABLE,
  bundleNotices,
  chosen,
  contractOfType,
  laterInBundle,
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
  magazineNotices,
  tvCourseCards,
} from './courses.ts';

/** テレビのコース変更 (manual p.55-59). */
export const tvChangeCourse = defineProcedure({
  id: 'tv.change-course',
  area: 'tv',
  manual: [55, 59],
  purposes: ['change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'cable-tv', 'b-cas', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({
    course: z.string(),
    provision: z.enum(['unchanged', 'rental']).optional(),
    channels: z.string(),
  }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return AVAILABLE;
    const present = contractOfType(context, 'tv-course');
    if (present === undefined) return notAvailable('no-tv-contract');
    return present.changePending ? notAvailable('change-pending') : AVAILABLE;
  },
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [{ kind: 'one', id: 'course', options: (context) => tvCourseCards(context, 'forChange') }],
    },
    {
      kind: 'choose',
      id: 'options',
      questions: [
        {
          kind: 'one',
          id: 'provision',
          initial: 'unchanged',
          when: isBoxBought,
          options: () => [textOption('unchanged'), textOption('rental')],
        },
        { kind: 'many', id: 'channels', options: channelCards },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  rules: [{ id: 'set-and-single', question: 'channels', isBroken: hasSetAndSingle }],
  decide: (context, { course, provision, channels }) => {
    const present = contractOfType(context, 'tv-course');
    const rental = provision === 'rental' ? { provision } : {};
    return {
      changes: [
        present === undefined
          ? { action: 'add', offeringId: course, ...rental }
          : { action: 'modify', contractId: present.id, offeringId: course, ...rental },
        ...manyOf(channels).map((offeringId) => ({ action: 'add', offeringId }) as const),
      ],
      once: [],
      notices: [
        { id: 'starts-next-day' },
        ...bundleNotices(context),
        ...tvExclusionNotices(context, course),
        ...magazineNotices(context, chosen(context.catalog, course, 'tv-course')),
        ...channelNotices(context, manyOf(channels)),
      ],
      later: laterInBundle(context),
      ...feeStartWith(manyOf(channels)),
    };
  },
});

/** Renting instead is a question only to those who own their box. */
function isBoxBought(context: ProcedureContext): boolean {
  return contractOfType(context, 'tv-course')?.provision === 'purchase';
}
