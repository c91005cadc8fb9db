import type { TFunction } from 'i18next';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { createI18n } from '../../shared/locales/create-i18n.ts';

/** Every file of shared/locales, each fetched when its language is first wanted. */
const files = import.meta.glob<object>('../../shared/locales/*/*.json', { import: 'default' });

const languages = new Map<Language, Promise<Text>>();

/** Texts by `area:key`, e.g. `wizard:review.title`; those of `common` without the area. */
export type Text = TFunction;

export function loadTexts(language: Language): Promise<Text> {
  const known = languages.get(language);
  if (known !== undefined) return known;
  const loading = load(language);
  languages.set(language, loading);
  // Asked for again next time.
  loading.catch(() => languages.delete(language));
  return loading;
}

async function load(language: Language): Promise<Text> {
  const own = Object.entries(files).filter(([path]) => path.includes(`/locales/${language}/`));
  const areas = await Promise.all(own.map(async ([path, read]) => [areaOf(path), await read()] as const));
  return createI18n(language, Object.fromEntries(areas)).getFixedT(language, 'common');
}

function areaOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1, -'.json'.length);
}

/** `?lang=` of the page's address. */
export function languageOf(search: string): Language | null {
  const asked = new URLSearchParams(search).get('lang');
  return LANGUAGES.find((language) => language === asked) ?? null;
}
