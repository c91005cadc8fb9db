import type { ContactChoice } from '../../shared/central-api/registration.ts';
import type { Language } from '../../shared/domain/language.ts';
import { oneTimeGrouped } from '../../shared/domain/one-time-password.ts';
import { phonePage } from '../codes/phone-page.ts';
import { Html, html } from '../http/html.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import type { ContactsBeside } from '../registration/contact-choices.ts';
import { inLanguage, ONE_TIME_PATHS } from './paths.ts';

/**
 * The QR code on the slip carries the password behind `#`, which no browser sends anywhere: into the field with it, and
 * out of the address; a change of language takes it along.
 */
export const FRAGMENT_SCRIPT = `(() => {
const digits = location.hash.slice(1);
if (!/^\\d{12}$/.test(digits)) return;
document.getElementById('password').value = digits.replace(/\\d{4}(?=\\d)/g, '$& ');
for (const link of document.querySelectorAll('.languages a')) link.hash = digits;
history.replaceState(null, '', location.pathname + location.search);
})();`;

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint: string | null;
  readonly error: string | null;
  readonly value?: string;
  readonly type?: 'text' | 'password';
  readonly inputMode: 'numeric' | 'email' | 'text';
  readonly autoComplete: string;
}

export type FormProblem = 'broken' | 'refused' | { readonly minutes: number };

export function oneTimeFormPage(page: {
  readonly language: Language;
  /** Known to this page alone; a form that is sent twice goes on with the same registration. */
  readonly visit: string;
  readonly typed: string;
  readonly problem: FormProblem | null;
}): Html {
  const { language, visit, typed, problem } = page;
  const t = mailTexts(language);
  return phonePage({
    language,
    title: t('one-time-page:form.title'),
    script: html`<script>${new Html(FRAGMENT_SCRIPT)}</script>`,
    main: html`<p>${t('one-time-page:form.lead')}</p>
${problemOf(
  problem === null
    ? null
    : typeof problem === 'object'
      ? t('one-time-page:form.throttled', problem)
      : t(problem === 'broken' ? 'one-time:broken' : `one-time-page:form.${problem}`),
)}
<form class="main" method="post">
<input type="hidden" name="visit" value="${visit}">
${field({
  ...{ name: 'password', label: t('one-time:password'), hint: t('one-time:hint'), error: null },
  ...{ value: /^\d{12}$/.test(typed) ? oneTimeGrouped(typed) : typed, inputMode: 'numeric', autoComplete: 'off' },
})}
<button>${t('one-time-page:form.submit')}</button>
</form>`,
  });
}

export type AccountProblem = { readonly minutes: number } | 'id' | 'password' | 'differs';

export function accountPage(page: {
  readonly language: Language;
  readonly loginId: string;
  readonly problems: readonly AccountProblem[];
}): Html {
  const { language, loginId, problems } = page;
  const t = mailTexts(language);
  const throttle = problems.find((one) => typeof one === 'object');
  const error = (kind: AccountProblem, key: string): string | null => (problems.includes(kind) ? t(key) : null);
  return phonePage({
    language,
    title: t('one-time-page:account.title'),
    main: html`<p>${t('one-time-page:account.lead')}</p>
${problemOf(throttle === undefined ? null : t('one-time-page:account.throttled', throttle))}
<form class="main" method="post" action="${inLanguage(ONE_TIME_PATHS.account, language)}">
${field({
  ...{ name: 'loginId', label: t('one-time-page:account.id'), hint: t('one-time-page:account.id-hint') },
  ...{ error: error('id', 'one-time-page:account.id-broken'), value: loginId, inputMode: 'email' },
  autoComplete: 'username',
})}
${field({
  ...{ name: 'next', label: t('one-time-page:account.password'), hint: t('one-time-page:account.password-hint') },
  ...{ error: error('password', 'one-time-page:account.password-broken'), type: 'password', inputMode: 'text' },
  autoComplete: 'new-password',
})}
${field({
  ...{ name: 'again', label: t('one-time-page:account.again'), hint: null },
  ...{ error: error('differs', 'one-time-page:account.differs'), type: 'password', inputMode: 'text' },
  autoComplete: 'new-password',
})}
<button>${t('one-time-page:account.submit')}</button>
</form>`,
  });
}

export function mailPage(page: {
  readonly language: Language;
  readonly loginId: string;
  readonly problem: 'broken' | 'wrong' | { readonly minutes: number } | null;
}): Html {
  const { language, loginId, problem } = page;
  const t = mailTexts(language);
  const isThrottled = typeof problem === 'object' && problem !== null;
  return phonePage({
    language,
    title: t('one-time-page:mail.title'),
    main: html`<p>${t('one-time-page:mail.lead', { address: loginId })}</p>
${problemOf(isThrottled ? t('one-time-page:form.throttled', problem) : null)}
<form class="main" method="post" action="${inLanguage(ONE_TIME_PATHS.code, language)}">
${field({
  ...{ name: 'code', label: t('one-time-page:mail.code'), hint: t('one-time-page:mail.hint') },
  ...{ error: problem === null || isThrottled ? null : t(`one-time-page:mail.${problem}`), inputMode: 'numeric' },
  autoComplete: 'one-time-code',
})}
<button>${t('one-time-page:mail.submit')}</button>
</form>
<p><a href="${inLanguage(ONE_TIME_PATHS.registration, language)}">${t('one-time-page:mail.opened')}</a></p>
<p class="hint">${t('one-time-page:mail.missing')}</p>
<p><a href="${inLanguage(ONE_TIME_PATHS.account, language)}">${t('one-time-page:mail.other')}</a></p>`,
  });
}

export function confirmPage(page: {
  readonly language: Language;
  readonly loginId: string;
  readonly beside: ContactsBeside;
}): Html {
  const { language, loginId, beside } = page;
  const { presentContact, mailAddresses } = beside;
  const t = mailTexts(language);
  return phonePage({
    language,
    title: t('one-time-page:confirm.title'),
    main: html`<p>${t('one-time-page:confirm.lead')}</p>
<dl><div><dt>${t('one-time-page:confirm.id')}</dt><dd>${loginId}</dd></div></dl>
<form class="main" method="post" action="${inLanguage(ONE_TIME_PATHS.completion, language)}">
${
  presentContact === null && mailAddresses.length === 0
    ? html`<input type="hidden" name="contact" value="id">`
    : html`<fieldset class="choices">
<legend>${t('one-time-page:confirm.contact')}</legend>
${choice('id', t('one-time-page:confirm.same', { address: loginId }), true)}
${presentContact === null ? null : choice('present', t('one-time-page:confirm.present', { address: presentContact }))}
${mailAddresses.map((address) => choice(address, t('one-time-page:confirm.mail-address', { address })))}
</fieldset>`
}
<button>${t('one-time-page:confirm.submit')}</button>
</form>`,
  });
}

function choice(value: ContactChoice, text: string, isChosen = false): Html {
  return html`<label><input type="radio" name="contact" value="${value}"${isChosen ? html` checked` : null}> ${text}</label>`;
}

export function endPage(language: Language, state: 'done' | 'over'): Html {
  const t = mailTexts(language);
  return phonePage({
    language,
    title: t(`one-time-page:${state}.title`),
    main: html`<p>${t(`one-time-page:${state}.lead`)}</p>`,
  });
}

function problemOf(text: string | null): Html | null {
  return text === null ? null : html`<p class="problem" role="alert">${text}</p>`;
}

function field({ name, label, hint, error, value = '', type = 'text', inputMode, autoComplete }: Field): Html {
  const described = [...(hint === null ? [] : [`${name}-hint`]), ...(error === null ? [] : [`${name}-error`])];
  return html`<div>
<label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" value="${value}" inputmode="${inputMode}" autocomplete="${autoComplete}" autocapitalize="none" spellcheck="false" aria-describedby="${described.join(' ')}"${error === null ? null : html` aria-invalid="true"`}>
${hint === null ? null : html`<p class="hint" id="${name}-hint">${hint}</p>`}
${error === null ? null : html`<p class="problem" id="${name}-error">${error}</p>`}
</div>`;
}
