import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { LANGUAGES } from '../../shared/domain/language.ts';

/** Where somebody shows who they are, or proves an address. */
const AREAS = ['sign-in', 'register', 'one-time', 'reset-password', 'record-change', 'password-change', 'cable-ids'];
const REFUSALS = new Set([
  'refused',
  'throttled',
  'contractor-refused',
  'one-time-refused',
  'code-wrong',
  'answer-wrong',
  'present-refused',
]);
const STAFF = { ja: /係員/, en: /staff/, zh: /工作人员|店员/, ko: /직원/ };

const nested = z.record(z.string(), z.unknown());

/** The texts of refusals on the terminal's screens; those of pages in browsers aren't read in a shop. */
function refusalsIn(texts: unknown): [string, string][] {
  return Object.entries(nested.parse(texts)).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return REFUSALS.has(key) ? [[key, value]] : [];
    return key === 'page' ? [] : refusalsIn(value);
  });
}

it.each(LANGUAGES)('every refusal says who helps, and a pause when one may try again (%s)', (language) => {
  for (const area of AREAS) {
    const found = refusalsIn(JSON.parse(readFileSync(`shared/locales/${language}/${area}.json`, 'utf8')));
    expect(found.length).toBeGreaterThan(0);
    for (const [key, text] of found) {
      expect([area, key, text]).toEqual([area, key, expect.stringMatching(STAFF[language])]);
      if (key === 'throttled') expect([area, text]).toEqual([area, expect.stringContaining('{{minutes}}')]);
    }
  }
});
