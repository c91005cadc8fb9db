import type { CodePurpose } from '../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { Language } from '../../shared/domain/language.ts';
import { type Html, html } from '../http/html.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import { phonePage } from './phone-page.ts';

/** One question, one button. */
export function confirmationPage({
  language,
  state,
  purpose,
}: {
  language: Language;
  state: 'waiting' | 'proved' | 'over';
  /** null: nobody knows that link. */
  purpose: CodePurpose | null;
}): Html {
  const area = purpose === 'contact-later' ? 'codes:page.later' : 'codes:page';
  const t = mailTexts(language);
  const isElsewhere = purpose === 'register-elsewhere';
  const lead = state === 'proved' && isElsewhere ? 'codes:page.proved.elsewhere' : `${area}.${state}.lead`;
  return phonePage({
    language,
    title: t(`codes:page.${state}.title`),
    main: html`<p>${t(lead)}</p>
${
  state === 'waiting'
    ? html`<form class="main" method="post"><button>${t('codes:page.waiting.submit')}</button></form>
<p class="hint">${t(`${area}.waiting.care`)}</p>`
    : null
}
${
  state === 'proved' && isElsewhere
    ? html`<p><a href="${CENTRAL_PATHS.oneTimePage}/registration">${t('codes:page.proved.go-on')}</a></p>`
    : null
}`,
  });
}
