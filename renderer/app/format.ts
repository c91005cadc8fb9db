import type { BusinessDate } from '../../shared/domain/business-time.ts';
import { BUSINESS_ZONE } from '../../shared/domain/business-zone.ts';
import type { Language } from '../../shared/domain/language.ts';
import type { Text } from './i18n.ts';

const MINUS = '\u2212';

/** All four languages group figures alike. */
const figures = new Intl.NumberFormat('en-GB');

const LOCALES = { ja: 'ja-JP', en: 'en-GB', zh: 'zh-CN', ko: 'ko-KR' } satisfies Record<Language, string>;

/** Whole yen, e.g. 14,843 with its unit as each language writes it; a negative amount has a real minus sign. */
export function formatYen(t: Text, yen: number): string {
  return `${yen < 0 ? MINUS : ''}${withUnit(t, yen)}`;
}

/** A difference, always with its sign: +, − or ±. */
export function formatYenDifference(t: Text, yen: number): string {
  const sign = yen > 0 ? '+' : yen < 0 ? MINUS : '±';
  return `${sign}${withUnit(t, yen)}`;
}

function withUnit(t: Text, yen: number): string {
  return t('prices:yen', { amount: figures.format(Math.abs(yen)) });
}

/** A day in Tokyo with its year, e.g. 2026年11月24日, 24 November 2026. */
export function formatDate(language: Language, date: BusinessDate): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** @param time `HH:MM` */
export function formatTimeOfDay(language: Language, time: string): string {
  return new Intl.DateTimeFormat(LOCALES[language], { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(
    new Date(`1970-01-01T${time}:00Z`),
  );
}

/** A bare figure, e.g. 3.2. */
export function formatFigure(value: number): string {
  return figures.format(value);
}

/** A figure with its unit, e.g. 12 ms, 3 GB. */
export function formatMeasure(
  language: Language,
  value: number,
  unit: 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'megabyte' | 'gigabyte',
): string {
  return new Intl.NumberFormat(LOCALES[language], {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 10 ? 1 : 0,
  }).format(value);
}

/** Day and time in Tokyo of a moment (epoch ms), e.g. 11月24日 12:03. */
export function formatMoment(language: Language, epochMs: number): string {
  return new Intl.DateTimeFormat(LOCALES[language], {
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZone: BUSINESS_ZONE,
  }).format(epochMs);
}

/** Month and day in Tokyo of a moment (epoch ms), e.g. 11月24日. */
export function formatDay(language: Language, epochMs: number): string {
  return new Intl.DateTimeFormat(LOCALES[language], { month: 'long', day: 'numeric', timeZone: BUSINESS_ZONE }).format(
    epochMs,
  );
}
