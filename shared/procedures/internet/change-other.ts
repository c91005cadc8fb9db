import { z } from 'zod';
import { chosen, contractOfType } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { courseCards, courseChange, hasCourseToChangeTo } from './course-change.ts';

/** その他のインターネットのコース変更, by line type (manual p.79-80). */
export const internetChangeOther = defineProcedure({
  id: 'internet.change-other',
  area: 'internet',
  manual: [79, 80],
  purposes: ['change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ course: z.string() }),
  needs: (_facts, context) => hasCourseToChangeTo(context, 'other'),
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [
        {
          kind: 'one',
          id: 'course',
          options: (context) => courseCards(context, 'other', contractOfType(context, 'internet-course')?.offeringId),
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { course }) => {
    if (context.facts.kind === 'unknown') {
      return {
        changes: [{ action: 'add', offeringId: course }],
        once: [],
        notices: [{ id: 'ip-type-kept' }],
        later: null,
      };
    }
    const present = contractOfType(context, 'internet-course');
    if (present === undefined) throw new Error('internet.change-other decided without an internet contract');
    return {
      ...courseChange(context, present, chosen(context.catalog, course, 'internet-course'), false),
      changes: [{ action: 'modify', contractId: present.id, offeringId: course }],
    };
  },
});
