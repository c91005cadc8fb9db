import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import type { Language } from '../../shared/domain/language.ts';
import { afterPaint, loadFonts } from '../kit/index.ts';
import { loadTexts, type Text } from './i18n.ts';

export interface LanguageTexts {
  readonly language: Language;
  readonly t: Text;
}

interface LanguageValue extends LanguageTexts {
  readonly setLanguage: (language: Language) => void;
}

const LanguageContext = createContext<LanguageValue | null>(null);

/** A switch keeps what stands below mounted, and so every entry. */
export function LanguageProvider({ initial, children }: { initial: LanguageTexts; children: ReactNode }) {
  const [shown, setShown] = useState(initial);
  const setLanguage = useCallback((language: Language) => {
    void Promise.all([loadTexts(language), loadFonts(language)]).then(([t]) => setShown({ language, t }));
  }, []);
  // The first screen doesn't wait for its own face.
  useEffect(() => afterPaint(() => void loadFonts(initial.language)), [initial]);
  useEffect(() => {
    document.documentElement.lang = htmlLanguage(shown.language);
  }, [shown]);
  const value = useMemo(() => ({ ...shown, setLanguage }), [shown, setLanguage]);
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
