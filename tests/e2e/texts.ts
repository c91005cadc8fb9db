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
  return (key, values) => fixed(key, values ?? {});
}
