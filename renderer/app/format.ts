import type { BusinessDate } from '../../shared/domain/business-time.ts';
import { BUSINESS_ZONE } from '../../shared/domain/business-zone.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Language } from '../../shared/domain/language.ts';

const MINUS = '\u2212';

const LOCALES = { ja: 'ja-JP', en: 'en-GB', zh: 'zh-CN', ko: 'ko-KR' } satisfies Record<Language, string>;

/** Whole yen, e.g. 14,843円, ¥14,843, 14,843日元, 14,843엔; a negative amount with a real minus sign. */
export function formatYen(language: Language, yen: number): string {
  return `${yen < 0 ? MINUS : ''}${withUnit(language, figures(language, yen))}`;
}

/** A difference, always with its sign: +1,397円, −1,540円, ±0円. */
export function formatYenDifference(language: Language, yen: number): string {
  const sign = yen > 0 ? '+' : yen < 0 ? MINUS : '±';
  return `${sign}${withUnit(language, figures(language, yen))}`;
}

function figures(language: Language, yen: number): string {
  return new Intl.NumberFormat(LOCALES[language]).format(Math.abs(yen));
}

function withUnit(language: Language, amount: string): string {
  switch (language) {
    case 'ja':
      return `${amount}円`;
    case 'en':
      return `¥${amount}`;
    case 'zh':
      return `${amount}日元`;
    case 'ko':
      return `${amount}엔`;
    default:
      return cantHappen(language);
  }
}

/** A day in Tokyo with its year, e.g. 2026年11月24日, 24 November 2026. */
export function formatDate(language: Language, date: BusinessDate): string {
  return new Intl.DateTimeFormat(LOCALES[language], { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
}

/** Month and day in Tokyo of a moment (epoch ms), e.g. 11月24日. */
export function formatDay(language: Language, epochMs: number): string {
  return new Intl.DateTimeFormat(LOCALES[language], { month: 'long', day: 'numeric', timeZone: BUSINESS_ZONE }).format(
    epochMs,
  );
}
