import type { TFunction } from 'i18next';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { createI18n } from '../../shared/locales/create-i18n.ts';

type Files = Readonly<Record<string, object>>;

/** Each fetched when its language is first wanted. */
const read: Readonly<Record<Language, () => Promise<{ readonly files: Files }>>> = {
  ja: () => import('./texts/ja.ts'),
  en: () => import('./texts/en.ts'),
  zh: () => import('./texts/zh.ts'),
  ko: () => import('./texts/ko.ts'),
};

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
  const { files } = await read[language]();
  const areas = Object.entries(files).map(([path, texts]) => [areaOf(path), texts] as const);
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
