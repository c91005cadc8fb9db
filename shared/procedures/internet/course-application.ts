import type { OfferingOf } from '../../domain/catalog.ts';
import type { Notice } from '../../domain/notices.ts';
import type { LaterReason } from '../../domain/quote.ts';
import { AVAILABLE, chosen, contractOfType, isOrdered, notAvailable } from '../contracts-at-hand.ts';
import type { Availability, ProcedureContext } from '../procedure.ts';
import { courseCards, electricityNotices } from './course-change.ts';

/** A customer with a course may take a further one (p.70: 追加お申込み), but not twice the same by mistake. */
export function canApplyForCourse(
  context: ProcedureContext,
  list: OfferingOf<'internet-course'>['list'],
): Availability {
  if (isOrdered(context, ['internet-course'])) return notAvailable('change-pending');
  return courseCards(context, list).some((card) => card.disabled === null)
    ? AVAILABLE
    : notAvailable('nothing-at-address');
}

export function enteringNotices(context: ProcedureContext, course: string): Notice[] {
  const { commitmentMonths, monthlyYen } = chosen(context.catalog, course, 'internet-course');
  const bound: Notice[] = commitmentMonths === undefined ? [] : [{ id: 'two-year-enter', yen: monthlyYen }];
  return [...bound, ...electricityNotices(context)];
}

/** The manual prints a total for a customer without a bundle (p.71, 74). */
export function laterWithCourse(context: ProcedureContext): LaterReason | null {
  return contractOfType(context, 'bundle') === undefined ? null : 'told-by-contact';
}
