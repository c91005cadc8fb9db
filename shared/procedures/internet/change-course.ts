import { z } from 'zod';
import { type Catalog, findOffering, offeringById, type OfferingOf, offeringsOf } from '../../domain/catalog.ts';
import type { Change } from '../../domain/changes.ts';
import { type Contract, currentContracts, provisionSchema } from '../../domain/contract.ts';
import type { Notice } from '../../domain/notices.ts';
import type { OnceLine } from '../../domain/quote.ts';
import { isFreeToLeave } from '../../domain/term.ts';
import { type ChoiceOption, defineProcedure, type ProcedureContext } from '../procedure.ts';

const SMART_VALUE = 'discount.au-smart-value';
const ELECTRICITY_DISCOUNT = 'discount.denki-guttowari';
/** A 2-year course may be left free of charge in the renewal month and the two months after (p.77). */
const FREE_MONTHS_AFTER_RENEWAL = 2;

/** インターネットのコース変更 among メガ160, ワイド, プラス and ジャスト (manual p.76-78). */
export const internetChangeCourse = defineProcedure({
  id: 'internet.change-course',
  area: 'internet',
  manual: [76, 78],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['common', 'cable-internet', 'price-list'],
  application: z.object({
    course: z.string(),
    modem: z.string(),
    provision: z.union([provisionSchema, z.literal('unchanged')]),
  }),
  needs: (facts, { catalog }) => {
    if (facts.kind === 'unknown') return { available: true };
    const course = contractOf(catalog, facts.contracts, 'internet-course');
    if (course === undefined) return { available: false, reason: 'no-internet-contract' };
    return course.changePending ? { available: false, reason: 'change-pending' } : { available: true };
  },
  steps: [
    { kind: 'choose', id: 'course', questions: [{ id: 'course', options: courseOptions }] },
    {
      kind: 'choose',
      id: 'equipment',
      questions: [
        { id: 'modem', options: modemOptions, initial: 'unchanged' },
        { id: 'provision', options: provisionOptions, initial: 'unchanged' },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { course, modem, provision }) => {
    const { catalog, facts, today } = context;
    const chosen = courseById(catalog, course);
    if (facts.kind === 'unknown') {
      return {
        changes: [{ action: 'add', offeringId: course }, ...equipmentChange(catalog, [], modem, provision)],
        once: provision === 'purchase' ? purchase(catalog, [], modem) : [],
        notices: [{ id: 'ip-type-kept' }],
        later: null,
      };
    }
    const present = contractOf(catalog, facts.contracts, 'internet-course');
    if (present === undefined) throw new Error('internet.change-course decided without an internet contract');
    const presentCourse = findOffering(catalog, present.offeringId);
    const bundle = contractOf(catalog, facts.contracts, 'bundle');
    const twoYear = twoYearCourse(present, presentCourse, chosen, today);
    const bought = provision === 'purchase' ? purchase(catalog, facts.contracts, modem) : [];

    const notices: Notice[] = [];
    if (bundle !== undefined) {
      notices.push({ id: 'bundle-recomposed' });
      if (bundle.term !== null && !isFreeToLeave(bundle.term, today, 0)) notices.push({ id: 'bundle-penalty' });
      if (provision === 'purchase') notices.push({ id: 'purchase-excludes-bundle' });
    }
    notices.push(...twoYear.notices);
    if (has(facts.contracts, SMART_VALUE) && !chosen.keepsSmartValue) notices.push({ id: 'smart-value-lost' });
    if (has(facts.contracts, ELECTRICITY_DISCOUNT)) notices.push({ id: 'electricity-discount-may-change' });
    notices.push({ id: 'ip-type-kept' });

    return {
      changes: [
        { action: 'modify', contractId: present.id, offeringId: course },
        ...equipmentChange(catalog, facts.contracts, modem, provision),
      ],
      once: [...twoYear.once, ...bought],
      notices,
      later: bundle === undefined ? null : 'bundle-recomposed',
    };
  },
});

function courseOptions({ catalog, facts }: ProcedureContext): ChoiceOption[] {
  const present = facts.kind === 'known' ? contractOf(catalog, facts.contracts, 'internet-course') : undefined;
  return offeringsOf(catalog, 'internet-course')
    .filter((course) => course.list === 'kattobi' && (course.sellable || course.id === present?.offeringId))
    .map((course) => ({
      value: course.id,
      name: { kind: 'offering', offeringId: course.id },
      price: { yen: course.monthlyYen, per: 'month', sample: course.sample },
      details: [
        { id: 'line-type', lineType: course.lineType },
        ...(course.freeWifiModem ? [{ id: 'wifi-free' } as const] : []),
      ],
      disabled: course.id === present?.offeringId ? 'current' : null,
    }));
}

function modemOptions({ catalog }: ProcedureContext, draft: Readonly<Record<string, string>>): ChoiceOption[] {
  const course = findOffering(catalog, draft['course'] ?? '');
  const free = course?.type === 'internet-course' && course.freeWifiModem;
  return [
    unchanged,
    ...offeringsOf(catalog, 'modem').map(
      (modem): ChoiceOption => ({
        value: modem.id,
        name: { kind: 'offering', offeringId: modem.id },
        price: { yen: modem.wifi && free ? 0 : modem.monthlyYen, per: 'month', sample: modem.sample },
        details: [],
        disabled: null,
      }),
    ),
  ];
}

function provisionOptions(
  { catalog, facts }: ProcedureContext,
  draft: Readonly<Record<string, string>>,
): ChoiceOption[] {
  const contracts = facts.kind === 'known' ? facts.contracts : [];
  const modem = modemAfter(catalog, contracts, draft['modem'] ?? 'unchanged');
  return [
    unchanged,
    { value: 'rental', name: { kind: 'text' }, price: null, details: [], disabled: null },
    {
      value: 'purchase',
      name: { kind: 'text' },
      price: modem === undefined ? null : { yen: modem.purchaseYen, per: 'once', sample: true },
      details: [],
      disabled: null,
    },
  ];
}

const unchanged: ChoiceOption = {
  value: 'unchanged',
  name: { kind: 'text' },
  price: null,
  details: [],
  disabled: null,
};

function twoYearCourse(
  present: Contract,
  presentCourse: ReturnType<typeof findOffering>,
  chosen: OfferingOf<'internet-course'>,
  today: string,
): { once: OnceLine[]; notices: Notice[] } {
  const bound = presentCourse?.type === 'internet-course' && presentCourse.commitmentMonths !== undefined;
  const entering = chosen.commitmentMonths !== undefined;
  if (entering) {
    return {
      once: [],
      notices: [bound ? { id: 'two-year-restart' } : { id: 'two-year-enter', yen: chosen.monthlyYen }],
    };
  }
  if (!bound || present.term === null || isFreeToLeave(present.term, today, FREE_MONTHS_AFTER_RENEWAL)) {
    return { once: [], notices: [] };
  }
  return {
    once: [{ id: 'two-year-fee', yen: present.monthlyYen, sample: false }],
    notices: [{ id: 'two-year-fee', yen: present.monthlyYen }],
  };
}

function equipmentChange(
  catalog: Catalog,
  contracts: readonly Contract[],
  modem: string,
  provision: 'rental' | 'purchase' | 'unchanged',
): Change[] {
  if (modem === 'unchanged' && provision === 'unchanged') return [];
  const present = contractOf(catalog, contracts, 'modem');
  const offeringId = modem === 'unchanged' ? present?.offeringId : modem;
  if (offeringId === undefined) return [];
  const given = provision === 'unchanged' ? {} : { provision };
  return [
    present === undefined
      ? { action: 'add', offeringId, ...given }
      : { action: 'modify', contractId: present.id, offeringId, ...given },
  ];
}

function purchase(catalog: Catalog, contracts: readonly Contract[], modem: string): OnceLine[] {
  const bought = modemAfter(catalog, contracts, modem);
  return bought === undefined ? [] : [{ id: 'modem-purchase', yen: bought.purchaseYen, sample: true }];
}

function modemAfter(catalog: Catalog, contracts: readonly Contract[], modem: string): OfferingOf<'modem'> | undefined {
  const id = modem === 'unchanged' ? contractOf(catalog, contracts, 'modem')?.offeringId : modem;
  const offering = id === undefined ? undefined : findOffering(catalog, id);
  return offering?.type === 'modem' ? offering : undefined;
}

function courseById(catalog: Catalog, id: string): OfferingOf<'internet-course'> {
  const offering = offeringById(catalog, id);
  if (offering.type !== 'internet-course') throw new Error(`${id} is offered as a course but is none`);
  return offering;
}

function contractOf(
  catalog: Catalog,
  contracts: readonly Contract[],
  type: 'internet-course' | 'modem' | 'bundle',
): Contract | undefined {
  return currentContracts(contracts).find((contract) => findOffering(catalog, contract.offeringId)?.type === type);
}

function has(contracts: readonly Contract[], offeringId: string): boolean {
  return currentContracts(contracts).some((contract) => contract.offeringId === offeringId);
}
