import { z } from 'zod';
import { findOffering, type OfferingOf } from '../../domain/catalog.ts';
import type { Change } from '../../domain/changes.ts';
import { type Provision, provisionSchema } from '../../domain/contract.ts';
import { chosen, contractOfType, textOption } from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type DisabledReason, type ProcedureContext } from '../procedure.ts';
import { courseCards, courseChange, hasCourseToChangeTo } from './course-change.ts';
import { modemCards, modemPurchase, provisionOptions } from './modem.ts';

/** インターネットのコース変更 among メガ160, ワイド, プラス and ジャスト (manual p.76-78). */
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
    course: z.string(),
    modem: z.string(),
    provision: z.union([provisionSchema, z.literal('unchanged')]),
  }),
  needs: (_facts, context) => hasCourseToChangeTo(context, 'kattobi'),
  steps: [
    {
      kind: 'choose',
      id: 'course',
      questions: [
        {
          kind: 'one',
          id: 'course',
          options: (context) => courseCards(context, 'kattobi', contractOfType(context, 'internet-course')?.offeringId),
        },
      ],
    },
    {
      kind: 'choose',
      id: 'equipment',
      questions: [
        {
          kind: 'one',
          id: 'modem',
          initial: 'unchanged',
          options: (context, draft) => [unchangedOption(context), ...modemCards(context, draft)],
        },
        {
          kind: 'one',
          id: 'provision',
          initial: 'unchanged',
          options: (context, { modem }) => provisionCards(context, modem ?? 'unchanged'),
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { course, modem, provision }) => {
    const isBought = provision === 'purchase';
    const equipment = equipmentChange(context, modem, provision);
    const purchase = isBought ? modemPurchase(modemAfter(context, modem)) : [];
    if (context.facts.kind === 'unknown') {
      return {
        changes: [{ action: 'add', offeringId: course }, ...equipment],
        once: purchase,
        notices: [{ id: 'ip-type-kept' }],
        later: null,
      };
    }
    const present = contractOfType(context, 'internet-course');
    if (present === undefined) throw new Error('internet.change-course decided without an internet contract');
    const change = courseChange(context, present, chosen(context.catalog, course, 'internet-course'), isBought);
    return {
      ...change,
      changes: [{ action: 'modify', contractId: present.id, offeringId: course }, ...equipment],
      once: [...change.once, ...purchase],
    };
  },
});

function equipmentChange(context: ProcedureContext, modem: string, provision: Provision | 'unchanged'): Change[] {
  if (modem === 'unchanged' && provision === 'unchanged') return [];
  const present = contractOfType(context, 'modem');
  const given = provision === 'unchanged' ? {} : { provision };
  if (present === undefined) return modem === 'unchanged' ? [] : [{ action: 'add', offeringId: modem, ...given }];
  const offeringId = modem === 'unchanged' ? present.offeringId : modem;
  return [{ action: 'modify', contractId: present.id, offeringId, ...given }];
}

/** 変更無し, but not for who comes from another kind of line and has no cable modem yet. */
function unchangedOption(context: ProcedureContext, disabled: DisabledReason | null = null): ChoiceOption {
  const { catalog, facts } = context;
  const present = findOffering(catalog, contractOfType(context, 'internet-course')?.offeringId ?? '');
  const isOnCable = present?.type === 'internet-course' && present.lineType === 'cable';
  const lacksModem = facts.kind === 'known' && !isOnCable && contractOfType(context, 'modem') === undefined;
  return textOption('unchanged', { disabled: lacksModem ? 'modem-needed' : disabled });
}

/** ご提供方法. Only a modem that is rented to the customer can be swapped as it is. */
function provisionCards(context: ProcedureContext, modem: string): ChoiceOption[] {
  const present = contractOfType(context, 'modem');
  const isOther = modem !== 'unchanged' && modem !== present?.offeringId;
  const isUnsaid = isOther && (present === undefined || present.provision === 'purchase');
  const hasNone = modem === 'unchanged' && present === undefined;
  const given = provisionOptions(modemAfter(context, modem), present?.provision === 'purchase' && !isOther);
  return [
    unchangedOption(context, isUnsaid ? 'provision-needed' : null),
    ...given.map((option) => (hasNone ? { ...option, disabled: 'modem-first' as const } : option)),
  ];
}

function modemAfter(context: ProcedureContext, modem: string): OfferingOf<'modem'> | undefined {
  const id = modem === 'unchanged' ? contractOfType(context, 'modem')?.offeringId : modem;
  const offering = id === undefined ? undefined : findOffering(context.catalog, id);
  return offering?.type === 'modem' ? offering : undefined;
}
