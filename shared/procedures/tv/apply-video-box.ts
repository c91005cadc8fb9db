import { z } from 'zod';
import { contractOfType, isOrdered, isSoldTo, notAvailable } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { presentTvCourses } from './courses.ts';
import { hasFibreInternet } from './video-use.ts';

const PRIME_BOX = 'video.prime-box';

/** IP-STB with みるプラス 見放題パックプライム, paid beside the operator's own fibre internet (manual p.64, 68-69). */
export const videoApplyBox = defineProcedure({
  id: 'video.apply-box',
  area: 'tv',
  manual: [68, 69],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['milplus'],
  feeStart: 'month-after-completion',
  application: z.object({}),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return isSoldTo(context, PRIME_BOX);
    if (contractOfType(context, 'video-box') !== undefined) return notAvailable('has-video-box');
    if (isOrdered(context, ['video-box'])) return notAvailable('change-pending');
    if (presentTvCourses(context).some(({ includesVideo }) => includesVideo)) return notAvailable('video-included');
    return hasFibreInternet(context) ? isSoldTo(context, PRIME_BOX) : notAvailable('no-fibre-internet');
  },
  steps: [
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: () => ({
    changes: [{ action: 'add', offeringId: PRIME_BOX }],
    once: [],
    notices: [{ id: 'age-limits' }],
    later: 'told-by-contact',
  }),
});
