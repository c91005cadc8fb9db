import type { TFunction } from 'i18next';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import type { StaffMember } from '../../shared/domain/staff.ts';
import { html, type Html } from '../http/html.ts';
import { PATHS } from './paths.ts';
import { pageTexts } from './texts.ts';

/** What every page of a request has. */
export interface PageContext {
  readonly language: Language;
  readonly t: TFunction;
  /** null: nobody is signed in. */
  readonly manager: { readonly member: StaffMember; readonly csrf: string } | null;
}

/** @param path where a change of language leads back to */
export function page(context: PageContext, content: { title: string; path: string; body: Html }): string {
  const { language, t, manager } = context;
  const languages = LANGUAGES.map((one) =>
    one === language
      ? html`<li><span aria-current="true" lang="${htmlLanguage(one)}">${pageTexts[one]('shop:own-name')}</span></li>`
      : html`<li><a href="${withLanguage(content.path, one)}" lang="${htmlLanguage(one)}" hreflang="${htmlLanguage(one)}">${pageTexts[one]('shop:own-name')}</a></li>`,
  );
  return html`<!doctype html>
<html lang="${htmlLanguage(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${content.title} | ${t('shop:title')}</title>
<link rel="stylesheet" href="${PATHS.style}">
</head>
<body>
<header>
<p class="name">${t('shop:title')}</p>
<nav aria-label="${t('shop:language')}"><ul class="languages">${languages}</ul></nav>
${manager === null ? null : menu(t, manager)}
</header>
<main>
<h1>${content.title}</h1>
${content.body}
</main>
</body>
</html>
`.text;
}

function menu(t: TFunction, { member, csrf }: NonNullable<PageContext['manager']>): Html {
  return html`<nav aria-label="${t('shop:title')}"><ul class="menu">
<li><a href="${PATHS.terminals}">${t('shop:nav.terminals')}</a></li>
<li><a href="${PATHS.enrolment}">${t('shop:nav.enrolment')}</a></li>
</ul></nav>
<form class="sign-out" method="post" action="${PATHS.signOut}">
<span>${t('shop:signed-in', { name: member.name, number: member.number })}</span>
${csrfField(csrf)}<button class="quiet">${t('shop:sign-out')}</button>
</form>`;
}

export const csrfField = (csrf: string): Html => html`<input type="hidden" name="csrf" value="${csrf}">`;

/** Something that people must read before they go on. */
export const problem = (text: string): Html => html`<p class="problem" role="alert">${text}</p>`;

/** A date and time in Tokyo, as people of that language write it. */
export function formatTime(language: Language, at: Date): string {
  const format = new Intl.DateTimeFormat(htmlLanguage(language), {
    timeZone: 'Asia/Tokyo',
    dateStyle: 'medium',
    timeStyle: 'short',
  });
  return format.format(at);
}

function withLanguage(path: string, language: Language): string {
  const [plain = '', query] = path.split('?');
  const search = new URLSearchParams(query);
  search.set('lang', language);
  return `${plain}?${search.toString()}`;
}

function htmlLanguage(language: Language): string {
  return language === 'zh' ? 'zh-CN' : language;
}
