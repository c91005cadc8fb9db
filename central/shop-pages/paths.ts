import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';

/** Central's pages for shop managers. */
export const PATHS = {
  home: '/shop',
  style: '/shop/style.css',
  signIn: '/shop/sign-in',
  signOut: '/shop/sign-out',
  terminals: '/shop/terminals',
  revocation: (code: string) => `/shop/terminals/${encodeURIComponent(code)}/revocation`,
  enrolment: CENTRAL_PATHS.enrolmentPage,
} as const;
