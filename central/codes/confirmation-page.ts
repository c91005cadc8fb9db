import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { Language } from '../../shared/domain/language.ts';
import { type Html, html } from '../http/html.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import { phonePage } from './phone-page.ts';

/** One question, one button. */
export function confirmationPage({
  language,
  state,
  isElsewhere,
}: {
  language: Language;
  state: 'waiting' | 'proved' | 'over';
  /** What it is for goes on in a browser, most often this one. */
  isElsewhere: boolean;
}): Html {
  const t = mailTexts(language);
  const lead = state === 'proved' && isElsewhere ? 'codes:page.proved.elsewhere' : `codes:page.${state}.lead`;
  return phonePage({
    language,
    title: t(`codes:page.${state}.title`),
    main: html`<p>${t(lead)}</p>
${
  state === 'waiting'
    ? html`<form class="main" method="post"><button>${t('codes:page.waiting.submit')}</button></form>
<p class="hint">${t('codes:page.waiting.care')}</p>`
    : null
}
${
  state === 'proved' && isElsewhere
    ? html`<p><a href="${CENTRAL_PATHS.oneTimePage}/registration">${t('codes:page.proved.go-on')}</a></p>`
    : null
}`,
  });
}
