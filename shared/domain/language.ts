import { z } from 'zod';

export const LANGUAGES = ['ja', 'en', 'zh', 'ko'] as const;
export const languageSchema = z.enum(LANGUAGES);
export type Language = z.infer<typeof languageSchema>;

/** A name in every language of the terminal; data, not interface text (that lives in shared/locales). */
export const localizedTextSchema = z.strictObject({
  ja: z.string().min(1),
  en: z.string().min(1),
  zh: z.string().min(1),
  ko: z.string().min(1),
});
export type LocalizedText = z.infer<typeof localizedTextSchema>;
