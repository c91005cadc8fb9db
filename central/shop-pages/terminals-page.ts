import type { TerminalRecord } from '../terminals/terminal-store.ts';
import { html, type Html } from '../http/html.ts';
import { csrfField, formatTime, type PageContext, page, problem } from './page.ts';
import { PATHS } from './paths.ts';

export function terminalsPage(
  context: PageContext,
  { terminals, revoked }: { terminals: readonly TerminalRecord[]; revoked: string | null },
): string {
  const { t } = context;
  return page(context, {
    title: t('shop:terminals.title'),
    path: PATHS.terminals,
    body: html`${revoked === null ? null : html`<p role="status">${t('shop:revocation.done', { code: revoked })}</p>`}
${terminals.length === 0 ? html`<p>${t('shop:terminals.none')}</p>` : null}
<ul class="terminals">${terminals.map((terminal) => entry(context, terminal))}</ul>`,
  });
}

function entry(context: PageContext, terminal: TerminalRecord): Html {
  const { t, language } = context;
  const { code, approved_by, enrolled_at, shared_key_seen_at, revoked_at } = terminal;
  const isOpen = revoked_at === null;
  return html`<li>
<h2>${code}</h2>
${isOpen && shared_key_seen_at !== null ? problem(t('shop:terminals.shared', { date: formatTime(language, shared_key_seen_at) })) : null}
<dl class="row">
<dt>${t('shop:terminals.state')}</dt><dd>${stateOf(context, terminal)}</dd>
${enrolled_at === null ? null : html`<dt>${t('shop:terminals.since')}</dt><dd>${formatTime(language, enrolled_at)}</dd>`}
<dt>${t('shop:terminals.by')}</dt><dd>${approved_by}</dd>
</dl>
${isOpen ? html`<p><a href="${PATHS.revocation(code)}">${t('shop:terminals.revoke', { code })}</a></p>` : null}
</li>`;
}

function stateOf({ t, language }: PageContext, { enrolled_at, revoked_at }: TerminalRecord): string {
  if (revoked_at !== null) return t('shop:terminals.revoked', { date: formatTime(language, revoked_at) });
  return enrolled_at === null ? t('shop:terminals.approved') : t('shop:terminals.in-service');
}

export function revocationPage(context: PageContext, code: string): string {
  const { t, manager } = context;
  return page(context, {
    title: t('shop:revocation.title', { code }),
    path: PATHS.revocation(code),
    body: html`<p class="warning">${t('shop:revocation.text')}</p>
<form class="main" method="post" action="${PATHS.revocation(code)}">
${csrfField(manager?.csrf ?? '')}<button class="danger">${t('shop:revocation.confirm')}</button>
</form>
<p><a href="${PATHS.terminals}">${t('shop:revocation.back')}</a></p>`,
  });
}

/** What can't be done, and where to go from here. */
export function problemPage(context: PageContext, text: string): string {
  const { t } = context;
  return page(context, {
    title: t('shop:problem.title'),
    path: PATHS.terminals,
    body: html`${problem(text)}<p><a href="${PATHS.terminals}">${t('shop:problem.back')}</a></p>`,
  });
}
