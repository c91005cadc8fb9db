import { z } from 'zod';
import { provisionSchema } from '../../domain/contract.ts';
import { chosen, hasBundleWith, purchaseNotices } from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { contractMeant, isMeant, meantNotices, whichContract } from '../which-contract.ts';
import { courseCards, courseChange, hasCourseToChangeTo } from './course-change.ts';
import { modemPurchase } from './modem.ts';
import {
  changesNoModem,
  modemAfter,
  modemChange,
  modemChoices,
  provisionChoices,
  staysUnsure,
} from './modem-change.ts';

const COURSE = 'internet-course';

/** インターネットのコース変更 among メガ160, ワイド, プラス and ジャスト, or another modem with the present one (manual p.76-78). */
export const internetChangeCourse = defineProcedure({
  id: 'internet.change-course',
  area: 'internet',
  manual: [76, 78],
  purposes: ['change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'cable-internet', 'price-list'],
  feeStart: 'month-after-completion',
  application: z.object({
    contract: z.string().optional(),
    course: z.string(),
    modem: z.string(),
    provision: z.union([provisionSchema, z.literal('unchanged')]),
  }),
  needs: (_facts, context) => hasCourseToChangeTo(context, (present) => choosableCards(context, present?.offeringId)),
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [
        whichContract(COURSE),
        {
          kind: 'one',
          id: 'course',
          when: (context, draft) => isMeant(context, COURSE, draft),
          options: (context, draft) => choosableCards(context, contractMeant(context, COURSE, draft)?.offeringId),
        },
      ],
    },
    {
      kind: 'choose',
      id: 'equipment',
      questions: [
        { kind: 'one', id: 'modem', initial: 'unchanged', words: ['unchanged'], options: modemChoices },
        {
          kind: 'one',
          id: 'provision',
          initial: 'unchanged',
          words: ['unchanged', 'rental', 'purchase'],
          options: provisionChoices,
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  rules: [{ id: 'nothing-changes', question: 'modem', isBroken: changesNothing }],
  decide: (context, { course, modem, provision, ...draft }) => {
    const isBought = provision === 'purchase';
    const equipment = modemChange(context, modem, provision);
    const purchase = isBought ? modemPurchase(modemAfter(context, modem)) : [];
    if (context.facts.kind === 'unknown') {
      return {
        changes: [{ action: 'add', offeringId: course }, ...equipment],
        once: purchase,
        notices: [{ id: 'ip-type-kept' }],
        later: null,
      };
    }
    const present = contractMeant(context, COURSE, draft);
    if (present === undefined) throw new Error('internet.change-course decided without an internet contract');
    if (course === present.offeringId) {
      return {
        changes: equipment,
        once: purchase,
        notices: [...meantNotices(context, COURSE, present), ...purchaseNotices(context, isBought)],
        // What a bought modem does to a bundle's discount the manual doesn't say in yen.
        later: isBought && hasBundleWith(context, COURSE) ? 'told-by-contact' : null,
      };
    }
    const offering = chosen(context.catalog, course, COURSE);
    const change = courseChange(context, present, offering, isBought);
    return {
      ...change,
      changes: [{ action: 'modify', contractId: present.id, offeringId: course }, ...equipment],
      once: [...change.once, ...purchase],
      later: change.later ?? (staysUnsure(context, present, offering) ? 'told-by-contact' : null),
    };
  },
});

/** The present course can be chosen too: who stays with it may want another modem (p.76). */
function choosableCards(context: ProcedureContext, presentId: string | undefined): ChoiceOption[] {
  return courseCards(context, 'kattobi', presentId).map((card) =>
    card.value === presentId ? { ...card, disabled: null, details: [{ id: 'present' }, ...card.details] } : card,
  );
}

function changesNothing(context: ProcedureContext, draft: Draft): boolean {
  const present = contractMeant(context, COURSE, draft);
  return present !== undefined && draft['course'] === present.offeringId && changesNoModem(context, draft);
}
