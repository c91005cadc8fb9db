import { z } from 'zod';
import { offeringsOf } from '../../domain/catalog.ts';
import {
  AVAILABLE,
  contractOfType,
  hasOneToChange,
  notAvailable,
  offeringCard,
  tvExclusionNotices,
} from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type ProcedureContext } from '../procedure.ts';
import { presentTvCourse } from './courses.ts';

/** セットトップボックスの交換: the same course with another box; paper forms follow (manual p.60). */
export const tvSwapBox = defineProcedure({
  id: 'tv.swap-box',
  area: 'tv',
  manual: [60, 60],
  purposes: ['change', 'trouble'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'month-after-completion',
  application: z.object({ box: z.string() }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return notAvailable('needs-contracts');
    const present = hasOneToChange(context, 'tv-course', 'no-tv-contract');
    if (!present.available) return present;
    return boxCards(context).some((card) => card.disabled === null) ? AVAILABLE : notAvailable('no-other-box');
  },
  steps: [
    { kind: 'choose', id: 'box', questions: [{ kind: 'one', id: 'box', options: boxCards }] },
    { kind: 'review', id: 'review' },
  ],
  decide: (context, { box }) => {
    const present = contractOfType(context, 'tv-course');
    if (present === undefined) throw new Error('tv.swap-box decided without a TV contract');
    return {
      changes: [{ action: 'modify', contractId: present.id, offeringId: box, provision: 'rental' }],
      once: [],
      notices: [
        { id: 'forms-by-post' },
        ...(present.provision === 'purchase' ? [] : [{ id: 'return-old-box' } as const]),
        ...tvExclusionNotices(context, box),
      ],
      later: 'form',
    };
  },
});

function boxCards(context: ProcedureContext): ChoiceOption[] {
  const present = presentTvCourse(context);
  return offeringsOf(context.catalog, 'tv-course')
    .filter(({ family, sellable }) => family === present?.family && sellable)
    .map((course) => offeringCard(context, course, { disabled: course.id === present?.id ? 'current' : null }));
}
