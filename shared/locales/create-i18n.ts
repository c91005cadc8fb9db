import { createInstance, type i18n, type Resource } from 'i18next';
import type { Language } from '../domain/language.ts';

/** Namespaces are the file names under `shared/locales/<lang>/`, e.g. `t('slips:title')`. */
export type LocaleTexts = Readonly<Record<string, object>>;

/**
 * An instance of its own for one language; slips and mails never depend on a language that is global. A missing text
 * shows its key, which tests look for; nothing falls back to another language.
 * @param texts by namespace, of that language
 */
export function createI18n(language: Language, texts: LocaleTexts): i18n {
  const instance = createInstance();
  const resources: Resource = {
    [language]: Object.fromEntries(Object.entries(texts).map(([area, entries]) => [area, { ...entries }])),
  };
  void instance.init({
    lng: language,
    fallbackLng: false,
    resources,
    ns: Object.keys(texts),
    initAsync: false,
    interpolation: { escapeValue: false },
  });
  return instance;
}
