import { type Catalog, findOffering, type OfferingOf, offeringsOf } from '../../domain/catalog.ts';
import type { Contract } from '../../domain/contract.ts';
import type { Notice } from '../../domain/notices.ts';
import type { LaterReason, OnceLine } from '../../domain/quote.ts';
import { isFreeToLeave } from '../../domain/term.ts';
import {
  AVAILABLE,
  bundleNotices,
  contractsOfType,
  hasOffering,
  laterInBundle,
  notAvailable,
  offeringCard,
} from '../contracts-at-hand.ts';
import type { Availability, ChoiceOption, ProcedureContext } from '../procedure.ts';
import { hasOneToChange, meantNotices } from '../which-contract.ts';

const SMART_VALUE = 'discount.au-smart-value';
const ELECTRICITY = 'energy.denki';
const ELECTRICITY_DISCOUNT = 'discount.denki-guttowari';
/** A 2-year course may be left free of charge in the renewal month and the two months after (p.77). */
const FREE_MONTHS_AFTER_RENEWAL = 2;

export function hasCourseToChange(context: ProcedureContext): Availability {
  if (context.facts.kind === 'unknown') return AVAILABLE;
  return hasOneToChange(context, 'internet-course', 'no-internet-contract');
}

/** Also that there is something to choose for one of them where the customer lives. */
export function hasCourseToChangeTo(
  context: ProcedureContext,
  cards: (present: Contract | undefined) => readonly ChoiceOption[],
): Availability {
  const present = hasCourseToChange(context);
  if (!present.available) return present;
  const lines = context.facts.kind === 'unknown' ? [undefined] : contractsOfType(context, 'internet-course');
  const hasChoice = lines.some((line) => cards(line).some(({ disabled }) => disabled === null));
  return hasChoice ? AVAILABLE : notAvailable('nothing-at-address');
}

/** The courses of one of the manual's lists; the present one is shown and can't be chosen. */
export function courseCards(
  context: ProcedureContext,
  list: OfferingOf<'internet-course'>['list'],
  presentId?: string,
): ChoiceOption[] {
  return offeringsOf(context.catalog, 'internet-course')
    .filter((course) => course.list === list && (course.sellable || course.id === presentId))
    .map((course) =>
      offeringCard(context, course, {
        details: [
          { id: 'line-type', lineType: course.lineType },
          ...(course.freeWifiModem ? [{ id: 'wifi-free' } as const] : []),
        ],
        disabled: course.id === presentId ? 'current' : null,
      }),
    );
}

/** What changing from the present course to that one means (p.76-80), beside the change itself. */
export function courseChange(
  context: ProcedureContext,
  present: Contract,
  course: OfferingOf<'internet-course'>,
  isBought: boolean,
): { once: OnceLine[]; notices: Notice[]; later: LaterReason | null } {
  const notices: Notice[] = bundleNotices(context, present);
  if (notices.length > 0 && isBought) notices.push({ id: 'purchase-excludes-bundle' });
  const left = leavingCourse(context, present, course);
  return {
    once: left.once,
    notices: [
      ...meantNotices(context, 'internet-course', present),
      ...notices,
      ...left.notices,
      { id: 'ip-type-kept' },
    ],
    later: laterInBundle(context, present),
  };
}

/** What leaving the present course for that one costs and ends, also where a plan brings the change (p.76-77). */
export function leavingCourse(
  context: ProcedureContext,
  present: Contract,
  course: OfferingOf<'internet-course'>,
): { once: OnceLine[]; notices: Notice[] } {
  const { once, notices } = twoYearCourse(context.catalog, present, course, context.today);
  if (hasOffering(context, SMART_VALUE) && !course.keepsSmartValue) notices.push({ id: 'smart-value-lost' });
  return { once, notices: [...notices, ...electricityNotices(context)] };
}

/** The discount for electricity with internet goes by the course (p.71, 77). */
export function electricityNotices(context: ProcedureContext): Notice[] {
  const concerned = [ELECTRICITY, ELECTRICITY_DISCOUNT].some((id) => hasOffering(context, id));
  return concerned ? [{ id: 'electricity-discount-may-change' }] : [];
}

function twoYearCourse(
  catalog: Catalog,
  present: Contract,
  course: OfferingOf<'internet-course'>,
  today: string,
): { once: OnceLine[]; notices: Notice[] } {
  const presentCourse = findOffering(catalog, present.offeringId);
  const bound = presentCourse?.type === 'internet-course' && presentCourse.commitmentMonths !== undefined;
  if (course.commitmentMonths !== undefined) {
    return {
      once: [],
      notices: [bound ? { id: 'two-year-restart' } : { id: 'two-year-enter', yen: course.monthlyYen }],
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
