import { html } from '../http/html.ts';
import { type PageContext, page, problem } from './page.ts';
import { PATHS } from './paths.ts';

/** @param next where the manager wanted to go */
export function signInPage(context: PageContext, { next, refusal }: { next: string; refusal: string | null }): string {
  const { t } = context;
  return page(context, {
    title: t('shop:sign-in.title'),
    path: `${PATHS.signIn}?${new URLSearchParams({ next }).toString()}`,
    body: html`<p>${t('shop:sign-in.lead')}</p>
${refusal === null ? null : problem(refusal)}
<form class="main" method="post" action="${PATHS.signIn}">
<input type="hidden" name="next" value="${next}">
<div><label for="number">${t('shop:sign-in.number')}</label>
<input id="number" name="number" inputmode="numeric" autocomplete="username" required maxlength="20"></div>
<div><label for="pin">${t('shop:sign-in.pin')}</label>
<input id="pin" name="pin" type="password" inputmode="numeric" autocomplete="current-password" required maxlength="20"></div>
<button>${t('shop:sign-in.submit')}</button>
</form>`,
  });
}
