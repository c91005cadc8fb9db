import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../shared/domain/language.ts';
import { loadTexts, type Text } from './i18n.ts';
import { formatDate, formatDay, formatYen, formatYenDifference } from './format.ts';

describe('amounts', () => {
  const inEach = (format: (t: Text) => string) =>
    Promise.all(LANGUAGES.map(async (language) => format(await loadTexts(language))));

  it('carry the unit that each language reads', async () => {
    expect(await inEach((t) => formatYen(t, 14_843))).toEqual(['14,843円', '¥14,843', '14,843日元', '14,843엔']);
  });

  it('are negative with a minus sign, not a hyphen', async () => {
    expect(await inEach((t) => formatYen(t, -2_970))).toEqual([
      '\u22122,970円',
      '\u2212¥2,970',
      '\u22122,970日元',
      '\u22122,970엔',
    ]);
  });

  it('show the direction of a difference', async () => {
    const t = await loadTexts('ja');
    expect(formatYenDifference(t, 1_397)).toBe('+1,397円');
    expect(formatYenDifference(t, -1_540)).toBe('\u22121,540円');
    expect(formatYenDifference(t, 0)).toBe('±0円');
  });
});

describe('dates', () => {
  it('are written out in each language', () => {
    expect(LANGUAGES.map((language) => formatDate(language, '2026-11-24'))).toEqual([
      '2026年11月24日',
      '24 November 2026',
      '2026年11月24日',
      '2026년 11월 24일',
    ]);
  });

  it('are the day in Tokyo, wherever the terminal thinks it is', () => {
    const justPastMidnightInTokyo = Date.parse('2026-11-23T15:00:01Z');
    expect(LANGUAGES.map((language) => formatDay(language, justPastMidnightInTokyo))).toEqual([
      '11月24日',
      '24 November',
      '11月24日',
      '11월 24일',
    ]);
  });
});
