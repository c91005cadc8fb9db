import type { Language } from '../../shared/domain/language.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';

/**
 * Declares the faces that a language is set in. The files behind them are fetched by the browser piece by piece, as
 * their characters first appear. English is set in the Latin of Noto Sans JP, so that figures look alike everywhere.
 */
export async function loadFonts(language: Language): Promise<void> {
  switch (language) {
    case 'ja':
    case 'en':
      await import('@fontsource-variable/noto-sans-jp/wght.css');
      return;
    case 'zh':
      await import('@fontsource-variable/noto-sans-sc/wght.css');
      return;
    case 'ko':
      await import('@fontsource-variable/noto-sans-kr/wght.css');
      return;
    default:
      cantHappen(language);
  }
}
