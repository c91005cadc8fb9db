import { z } from 'zod';
import { offeringsOf } from '../../domain/catalog.ts';
import { AVAILABLE, contractsOfType, notAvailable, offeringCard, tvExclusionNotices } from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { contractMeant, hasOneToChange, isMeant, meantNotices, whichContract } from '../which-contract.ts';
import { tvCourseMeant } from './courses.ts';

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
  application: z.object({ contract: z.string().optional(), box: z.string() }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return notAvailable('needs-contracts');
    const present = hasOneToChange(context, 'tv-course', 'no-tv-contract');
    if (!present.available) return present;
    const hasOther = contractsOfType(context, 'tv-course').some(({ id: contract }) =>
      boxCards(context, { contract }).some((card) => card.disabled === null),
    );
    return hasOther ? AVAILABLE : notAvailable('no-other-box');
  },
  steps: [
    {
      kind: 'choose',
      id: 'box',
      questions: [
        whichContract('tv-course'),
        {
          kind: 'one',
          id: 'box',
          when: (context, draft) => isMeant(context, 'tv-course', draft),
          options: boxCards,
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  decide: (context, { box, ...draft }) => {
    const present = contractMeant(context, 'tv-course', draft);
    if (present === undefined) throw new Error('tv.swap-box decided without a TV contract');
    return {
      changes: [{ action: 'modify', contractId: present.id, offeringId: box, provision: 'rental' }],
      once: [],
      notices: [
        ...meantNotices(context, 'tv-course', present),
        { id: 'forms-by-post' },
        ...(present.provision === 'purchase' ? [] : [{ id: 'return-old-box' } as const]),
        ...tvExclusionNotices(context, box),
      ],
      later: 'form',
    };
  },
});

function boxCards(context: ProcedureContext, draft: Draft): ChoiceOption[] {
  const present = tvCourseMeant(context, draft);
  return offeringsOf(context.catalog, 'tv-course')
    .filter(({ family, sellable }) => family === present?.family && sellable)
    .map((course) => offeringCard(context, course, { disabled: course.id === present?.id ? 'current' : null }));
}
