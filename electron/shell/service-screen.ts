import { LANGUAGES } from '../../shared/domain/language.ts';
import en from '../../shared/locales/en/service.json';
import ja from '../../shared/locales/ja/service.json';
import ko from '../../shared/locales/ko/service.json';
import zh from '../../shared/locales/zh/service.json';
import type { StartError } from '../backend/start-error.ts';
import { PAGE_ORIGIN } from './page-address.ts';

/** Why the terminal can't serve: what a start failed of, or a page that failed again and again. */
export type ServiceReason = StartError | { readonly code: 'page-failing' };

const TEXTS = { ja, en, zh, ko };
const PLACE = '<!-- service -->';
/** What a person is to read out on the telephone; nothing else is ever shown. */
const CODE = /^[\w .:/-]{1,80}$/;

export const SERVICE_PATH = '/service.html';

export function serviceAddress(reason: ServiceReason): string {
  const details = Object.entries(reason).flatMap(([name, value]) => (name === 'code' ? [] : [String(value)]));
  const code = [reason.code, ...details].join(' ');
  return `${PAGE_ORIGIN}${SERVICE_PATH}?${new URLSearchParams({ code }).toString()}`;
}

/** The page in four languages at once: nobody is there to choose one. */
export function fillServiceScreen(html: string, search: string): string {
  const asked = new URLSearchParams(search).get('code') ?? '';
  const code = CODE.test(asked) ? asked : 'unknown';
  const messages = LANGUAGES.map((language, index) => {
    const { title, text } = TEXTS[language];
    const heading = index === 0 ? 'h1' : 'h2';
    return `<section class="service__message" lang="${language}"><${heading}>${title}</${heading}><p>${text}</p></section>`;
  });
  const staff = LANGUAGES.map((language) => `<p lang="${language}">${TEXTS[language].staff}</p>`);
  return html.replace(
    PLACE,
    `<div class="service__messages">${messages.join('')}</div>` +
      `<footer class="service__staff">${staff.join('')}<p class="service__code">${code}</p></footer>`,
  );
}
