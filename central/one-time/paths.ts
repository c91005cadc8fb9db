import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { Language } from '../../shared/domain/language.ts';

const { oneTimePage } = CENTRAL_PATHS;

export const ONE_TIME_PATHS = {
  form: oneTimePage,
  registration: `${oneTimePage}/registration`,
  account: `${oneTimePage}/account`,
  code: `${oneTimePage}/code`,
  completion: `${oneTimePage}/completion`,
} as const;

export const inLanguage = (path: string, language: Language): string => `${path}?lang=${language}`;
