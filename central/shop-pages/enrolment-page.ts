import type { EnrolmentProblem, PendingEnrolment } from '../terminals/approve-enrolment.ts';
import type { Shop } from '../terminals/terminal-store.ts';
import { html, type Html } from '../http/html.ts';
import { csrfField, formatTime, type PageContext, page, problem } from './page.ts';
import { PATHS } from './paths.ts';

export type ApprovalProblem = EnrolmentProblem | 'code-taken' | 'bad-code' | 'bad-shop';

/** Asks for the code. */
export function codePage(context: PageContext, given: { code: string; problem: ApprovalProblem | null }): string {
  const { t } = context;
  return page(context, {
    title: t('shop:enrolment.title'),
    path: PATHS.enrolment,
    body: html`${problemText(context, given.problem)}
<form class="main" method="get" action="${PATHS.enrolment}">
<div><label for="user_code">${t('shop:enrolment.code')}</label>
<p class="hint" id="code-hint">${t('shop:enrolment.code-hint')}</p>
<input class="code" id="user_code" name="user_code" value="${given.code}" aria-describedby="code-hint" autocomplete="off" autocapitalize="characters" spellcheck="false" required maxlength="20"></div>
<button>${t('shop:enrolment.find')}</button>
</form>`,
  });
}

/** Shows whom the code belongs to, and asks where the terminal goes. */
export function approvalPage(
  context: PageContext,
  given: {
    code: string;
    enrolment: PendingEnrolment;
    shops: readonly Shop[];
    terminalCode: string;
    problem: ApprovalProblem | null;
  },
): string {
  const { t, language, manager } = context;
  const { enrolment, shops } = given;
  const search = new URLSearchParams({ user_code: given.code }).toString();
  return page(context, {
    title: t('shop:enrolment.confirm-title'),
    path: `${PATHS.enrolment}?${search}`,
    body: html`${problemText(context, given.problem)}
<p class="warning">${t('shop:enrolment.warning')}</p>
<dl>
<div><dt>${t('shop:enrolment.shown')}</dt><dd class="shown-code">${given.code}</dd></div>
<div><dt>${t('shop:enrolment.requested')}</dt><dd>${formatTime(language, new Date(enrolment.requestedAt))}</dd></div>
${enrolment.address === null ? null : html`<div><dt>${t('shop:enrolment.address')}</dt><dd>${enrolment.address}</dd></div>`}
</dl>
<form class="main" method="post" action="${PATHS.enrolment}">
${csrfField(manager?.csrf ?? '')}<input type="hidden" name="user_code" value="${given.code}">
<div><label for="shop">${t('shop:enrolment.shop')}</label>
<select id="shop" name="shop">${shops.map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></div>
<div><label for="terminal_code">${t('shop:enrolment.terminal-code')}</label>
<p class="hint" id="terminal-hint">${t('shop:enrolment.terminal-code-hint')}</p>
<input class="code" id="terminal_code" name="terminal_code" value="${given.terminalCode}" aria-describedby="terminal-hint" autocomplete="off" spellcheck="false" required maxlength="8"></div>
<button>${t('shop:enrolment.approve')}</button>
</form>
<p><a href="${PATHS.enrolment}">${t('shop:enrolment.other')}</a></p>`,
  });
}

export function approvedPage(context: PageContext, terminalCode: string): string {
  const { t } = context;
  return page(context, {
    title: t('shop:enrolment.done-title', { code: terminalCode }),
    path: PATHS.terminals,
    body: html`<p role="status">${t('shop:enrolment.done')}</p>
<p><a href="${PATHS.terminals}">${t('shop:nav.terminals')}</a></p>`,
  });
}

function problemText({ t }: PageContext, code: ApprovalProblem | null): Html | null {
  return code === null ? null : problem(t(`shop:enrolment.problem.${code}`));
}
