import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Language } from '../../shared/domain/language.ts';
import { loadFonts } from '../kit/index.ts';
import { loadTexts, type Text } from './i18n.ts';

interface LanguageValue {
  readonly language: Language;
  readonly t: Text;
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageValue | null>(null);

/** Shows nothing until the first language is there; a switch keeps what stands below mounted, and so every entry. */
export function LanguageProvider({ initial, children }: { initial: Language; children: ReactNode }) {
  const [shown, setShown] = useState<{ language: Language; t: Text } | null>(null);
  const setLanguage = useCallback((language: Language) => {
    void Promise.all([loadTexts(language), loadFonts(language)]).then(([t]) => setShown({ language, t }));
  }, []);
  useEffect(() => setLanguage(initial), [initial, setLanguage]);
  useEffect(() => {
    if (shown !== null) document.documentElement.lang = htmlLanguage(shown.language);
  }, [shown]);
  const value = useMemo(
    () => (shown === null ? null : { language: shown.language, t: shown.t, setLanguage }),
    [shown, setLanguage],
  );
  if (value === null) return null;
  return (
    <LanguageContext value={value}>
      <I18nProvider locale={htmlLanguage(value.language)}>{children}</I18nProvider>
    </LanguageContext>
  );
}

export function useLanguage(): LanguageValue {
  const value = useContext(LanguageContext);
  if (value === null) throw new Error('useLanguage outside LanguageProvider');
  return value;
}

function htmlLanguage(language: Language): string {
  return language === 'zh' ? 'zh-CN' : language;
}
