import { z } from 'zod';
import { findOffering } from '../../domain/catalog.ts';
import { manyOf } from '../answers.ts';
import {
  AVAILABLE,
  bundleNotices,
  chosen,
  contractOfType,
  laterInBundle,
  hasOneToChange,
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
  presentTvCourse,
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
    return hasOneToChange(context, 'tv-course', 'no-tv-contract');
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
          when: (context, { course }) => isBoxBought(context) && isBoxKept(context, course),
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
    const isSwapped = present !== undefined && !isBoxKept(context, course);
    const rental = isSwapped || provision === 'rental' ? ({ provision: 'rental' } as const) : {};
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
        ...(isSwapped && !isBoxBought(context) ? [{ id: 'return-old-box' } as const] : []),
        ...bundleNotices(context, 'tv-course'),
        ...tvExclusionNotices(context, course),
        ...magazineNotices(context, chosen(context.catalog, course, 'tv-course')),
        ...channelNotices(context, manyOf(channels)),
      ],
      later: laterInBundle(context, 'tv-course'),
      ...feeStartWith(manyOf(channels)),
    };
  },
});

/** Another kind of box is rented in any case: its rental is in the course's price. */
function isBoxKept(context: ProcedureContext, course = ''): boolean {
  const offering = findOffering(context.catalog, course);
  return offering?.type === 'tv-course' && offering.box === presentTvCourse(context)?.box;
}

/** Renting instead is a question only to those who own their box. */
function isBoxBought(context: ProcedureContext): boolean {
  return contractOfType(context, 'tv-course')?.provision === 'purchase';
}
