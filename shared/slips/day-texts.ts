import type { TFunction } from 'i18next';
import type { DayReport, Taker } from '../contract/close-day.ts';
import { cantHappen } from '../domain/cant-happen.ts';
import type { StaffMember } from '../domain/staff.ts';

export const personText = (t: TFunction, { name, number }: Pick<StaffMember, 'name' | 'number'>): string =>
  t('close-day:person', { name, number });

export function receiptsText(t: TFunction, { receipts }: DayReport): string {
  return receipts === null ? t('close-day:none') : t('close-day:receipts', { ...receipts });
}

export function takerText(t: TFunction, taker: Taker | null): string {
  switch (taker?.kind) {
    case undefined:
      return t('close-day:taker.unknown');
    case 'customer':
      return t('close-day:taker.customer');
    case 'staff':
      return t('close-day:taker.staff', { number: taker.number });
    default:
      return cantHappen(taker);
  }
}

export function standingText(t: TFunction, { standing, reason }: DayReport['open'][number]): string {
  const state = t(`close-day:standing.${standing}`);
  return reason === null
    ? state
    : t('close-day:standing-reason', { standing: state, reason: t(`close-day:reason.${reason}`) });
}
