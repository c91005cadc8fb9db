import { z } from 'zod';
import { defineProcedure } from '../procedure.ts';
import { canApplyForCourse, enteringNotices, laterWithCourse } from './course-application.ts';
import { courseCards } from './course-change.ts';

/** その他のインターネットサービスの申込み, by line type (manual p.73-75). */
export const internetApplyOther = defineProcedure({
  id: 'internet.apply-other',
  area: 'internet',
  manual: [73, 75],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ course: z.string() }),
  needs: (_facts, context) => canApplyForCourse(context, 'other'),
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [{ kind: 'one', id: 'course', options: (context) => courseCards(context, 'other') }],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { course }) => ({
    changes: [{ action: 'add', offeringId: course }],
    once: [],
    notices: enteringNotices(context, course),
    later: laterWithCourse(context),
  }),
});
