import { z } from 'zod';
import { chosen } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { contractMeant, isMeant, whichContract } from '../which-contract.ts';
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
  application: z.object({ contract: z.string().optional(), course: z.string() }),
  needs: (_facts, context) =>
    hasCourseToChangeTo(context, (present) => courseCards(context, 'other', present?.offeringId)),
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [
        whichContract('internet-course'),
        {
          kind: 'one',
          id: 'course',
          when: (context, draft) => isMeant(context, 'internet-course', draft),
          options: (context, draft) =>
            courseCards(context, 'other', contractMeant(context, 'internet-course', draft)?.offeringId),
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { course, ...draft }) => {
    if (context.facts.kind === 'unknown') {
      return {
        changes: [{ action: 'add', offeringId: course }],
        once: [],
        notices: [{ id: 'ip-type-kept' }],
        later: null,
      };
    }
    const present = contractMeant(context, 'internet-course', draft);
    if (present === undefined) throw new Error('internet.change-other decided without an internet contract');
    return {
      ...courseChange(context, present, chosen(context.catalog, course, 'internet-course'), false),
      changes: [{ action: 'modify', contractId: present.id, offeringId: course }],
    };
  },
});
