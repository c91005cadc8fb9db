import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';

const { phonePage } = CENTRAL_PATHS;

export const PHONE_PATHS = {
  form: phonePage,
  script: `${phonePage}/page.js`,
  pictures: `${phonePage}/pictures`,
  standing: `${phonePage}/standing`,
} as const;
