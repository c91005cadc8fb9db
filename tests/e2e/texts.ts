import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Language } from '../../shared/domain/language.ts';
import { createI18n } from '../../shared/locales/create-i18n.ts';

const folder = new URL('../../shared/locales/', import.meta.url);
const areaSchema = z.record(z.string(), z.unknown());

/** The texts that the screens use, so that a spec finds controls by the names that people read. */
export function textsOf(language: Language): (key: string, values?: Readonly<Record<string, string>>) => string {
  const areas = readdirSync(new URL(`${language}/`, folder)).map((file) => {
    const content: unknown = JSON.parse(readFileSync(new URL(`${language}/${file}`, folder), 'utf8'));
    return [file.replace('.json', ''), areaSchema.parse(content)] as const;
  });
  const fixed = createI18n(language, Object.fromEntries(areas)).getFixedT(language, 'common');
  return (key, values) => {
    const text = fixed(key, values ?? {});
    // Nobody reads it: what is looked for by it would never be found, or never be missed.
    if (text === key.slice(key.indexOf(':') + 1)) throw new Error(`there is no text ${key}`);
    return text;
  };
}
