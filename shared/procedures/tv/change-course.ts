import { z } from 'zod';
import { findOffering } from '../../domain/catalog.ts';
import { manyOf } from '../answers.ts';
import {
  AVAILABLE,
  bundleNotices,
  chosen,
  contractsOfType,
  laterInBundle,
  notAvailable,
  textOption,
  tvExclusionNotices,
} from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { contractMeant, hasOneToChange, isMeant, meantNotices, whichContract } from '../which-contract.ts';
import {
  channelCards,
  channelNotices,
  feeStartWith,
  hasSetAndSingle,
  listAfter,
  magazineNotices,
  TV_LISTS,
  tvCourseCards,
  tvCourseMeant,
  type TvList,
} from './courses.ts';

/** テレビのコース変更 (manual p.55-59). */
export const tvChangeCourse = defineProcedure({
  id: 'tv.change-course',
  area: 'tv',
  manual: [55, 59],
  purposes: ['change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [
    'common',
    { id: 'cable-tv', when: (context, draft) => isFrom(context, draft, 'forChange') },
    { id: 'hikari-tv', when: (context, draft) => isFrom(context, draft, 'forNew') },
    { id: 'milplus', when: (context, draft) => isFrom(context, draft, 'forNew') },
    'b-cas',
    'price-list',
  ],
  feeStart: 'month-after-completion',
  application: z.object({
    contract: z.string().optional(),
    course: z.string(),
    provision: z.enum(['unchanged', 'rental']).optional(),
    channels: z.string(),
  }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return AVAILABLE;
    const present = hasOneToChange(context, 'tv-course', 'no-tv-contract');
    if (!present.available) return present;
    const hasOther = contractsOfType(context, 'tv-course').some(({ id: contract }) =>
      courseCards(context, { contract }).some(({ disabled }) => disabled === null),
    );
    return hasOther ? AVAILABLE : notAvailable('nothing-at-address');
  },
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [
        whichContract('tv-course'),
        {
          kind: 'one',
          id: 'course',
          when: (context, draft) => isMeant(context, 'tv-course', draft),
          options: courseCards,
        },
      ],
    },
    {
      kind: 'choose',
      id: 'options',
      questions: [
        {
          kind: 'one',
          id: 'provision',
          initial: 'unchanged',
          words: ['unchanged', 'rental'],
          when: (context, draft) => isBoxBought(context, draft) && isBoxKept(context, draft),
          options: () => [textOption('unchanged'), textOption('rental')],
        },
        { kind: 'many', id: 'channels', options: channelCards },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  rules: [{ id: 'set-and-single', question: 'channels', isBroken: hasSetAndSingle }],
  decide: (context, { course, provision, channels, contract }) => {
    const draft = { course, ...(contract === undefined ? {} : { contract }) };
    const present = contractMeant(context, 'tv-course', draft);
    const isSwapped = present !== undefined && !isBoxKept(context, draft);
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
        ...(present === undefined ? [] : meantNotices(context, 'tv-course', present)),
        { id: 'starts-next-day' },
        ...(isSwapped && present.provision !== 'purchase' ? [{ id: 'return-old-box' } as const] : []),
        ...(present === undefined ? [] : bundleNotices(context, present)),
        ...tvExclusionNotices(context, course),
        ...magazineNotices(context, chosen(context.catalog, course, 'tv-course')),
        ...channelNotices(context, manyOf(channels)),
      ],
      later: present === undefined ? null : laterInBundle(context, present),
      ...feeStartWith(manyOf(channels)),
    };
  },
});

/** Another kind of box is rented in any case: its rental is in the course's price. */
function isBoxKept(context: ProcedureContext, draft: Draft): boolean {
  const offering = findOffering(context.catalog, draft['course'] ?? '');
  return offering?.type === 'tv-course' && offering.box === tvCourseMeant(context, draft)?.box;
}

/** Renting instead is a question only to those who own their box. */
function isBoxBought(context: ProcedureContext, draft: Draft): boolean {
  return contractMeant(context, 'tv-course', draft)?.provision === 'purchase';
}

function courseCards(context: ProcedureContext, draft: Draft): ChoiceOption[] {
  const present = tvCourseMeant(context, draft);
  return tvCourseCards(context, present === undefined ? TV_LISTS : [listAfter(context, present)], present?.id);
}

/** Of whom nothing is known, the course that was chosen tells. */
function isFrom(context: ProcedureContext, draft: Draft, list: TvList): boolean {
  const present = tvCourseMeant(context, draft);
  if (present !== undefined) return listAfter(context, present) === list;
  const course = findOffering(context.catalog, draft['course'] ?? '');
  return course?.type === 'tv-course' && course[list];
}
