import type { TFunction } from 'i18next';
import { businessDate, businessTimeOfDay } from '../../shared/domain/business-time.ts';
import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { Html, html } from '../http/html.ts';
import { type FleetEntry, type Trouble, TROUBLES } from './fleet.ts';
import { fleetTexts } from './fleet-texts.ts';

export const FLEET_PATH = '/operator/fleet';

interface FleetPageInput {
  readonly language: Language;
  /** All terminals, for the counts. */
  readonly fleet: readonly FleetEntry[];
  /** Those on this page. */
  readonly entries: readonly FleetEntry[];
  readonly trouble: Trouble | null;
  readonly page: number;
  readonly pages: number;
  /** Epoch ms, system clock. */
  readonly now: number;
}

const STYLE = `
  :root { color: #1b1f1d; background: #fff; font: 1rem/1.5 system-ui, sans-serif; }
  body { margin: 0 auto; max-width: 90rem; padding: 1rem 1.5rem 3rem; }
  header, nav ul, .counts { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; }
  header h1 { margin: 0 auto 0 0; font-size: 1.5rem; }
  ul { list-style: none; margin: 1rem 0; padding: 0; }
  a { color: #0a5a48; }
  a[aria-current] { font-weight: 700; text-decoration: none; color: inherit; }
  :focus-visible { outline: 3px solid #0a6650; outline-offset: 2px; }
  .scroll { overflow-x: auto; }
  table { border-collapse: collapse; width: 100%; }
  th, td { padding: .5rem .75rem; text-align: left; vertical-align: top; border-bottom: 1px solid #b9c1bd; }
  thead th { white-space: nowrap; border-bottom-width: 2px; }
  th.number, td.number { text-align: right; font-variant-numeric: tabular-nums; }
  .trouble { display: inline-block; padding: 0 .5rem; border: 2px solid #8a2b00; color: #6b2100; background: #fff1ea; }
  .trouble + .trouble { margin-left: .25rem; }
  button, input { font: inherit; padding: .5rem 1rem; }
  button { border: 2px solid #0a6650; background: #0a6650; color: #fff; }
  input { display: block; width: 100%; max-width: 40rem; margin: .25rem 0 1rem; border: 1px solid #4a524e; }
`;

/** Server-rendered and without scripts: whoever looks at it reloads it. */
export function fleetPage(input: FleetPageInput): Html {
  const t = fleetTexts(input.language);
  const { fleet, entries, now } = input;
  return frame(
    input.language,
    t,
    html`<header><h1>${t('fleet:title')}</h1>
<span>${t('fleet:as-of', { time: timeOf(now) })}</span>
${languageLinks(input)}
<form method="post" action="/operator/sign-out"><button>${t('fleet:sign-out')}</button></form></header>
${troubleLinks(input, t)}
${versions(fleet, t)}
${entries.length === 0 ? html`<p>${t('fleet:none')}</p>` : table(entries, now, t)}
${pageLinks(input, t)}`,
  );
}

export function signInPage(language: Language, wasRefused: boolean): Html {
  const t = fleetTexts(language);
  const error = wasRefused ? html`<p id="refused" role="alert" class="trouble">${t('fleet:refused')}</p>` : null;
  const described = wasRefused
    ? html` aria-invalid="true" aria-describedby="refused how"`
    : html` aria-describedby="how"`;
  return frame(
    language,
    t,
    html`<h1>${t('fleet:title')}</h1>
<p id="how">${t('fleet:how')} <code>npm run central -- token --scope operator</code></p>
${error}
<form method="post" action="/operator/sign-in">
<label>${t('fleet:token')}<input name="token" type="password" required autocomplete="off"${described}></label>
<button>${t('fleet:sign-in')}</button>
</form>`,
  );
}

function frame(language: Language, t: TFunction, main: Html): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${t('fleet:title')}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
${main}
</main>
</body>
</html>
`;
}

function link(input: FleetPageInput, changes: Partial<Pick<FleetPageInput, 'language' | 'trouble' | 'page'>>): string {
  const { language, trouble, page } = { ...input, ...changes };
  const query = new URLSearchParams({ lang: language, ...(trouble === null ? {} : { trouble }), page: String(page) });
  return `${FLEET_PATH}?${query.toString()}`;
}

const current = (isIt: boolean): Html | null => (isIt ? html` aria-current="true"` : null);

function languageLinks(input: FleetPageInput): Html[] {
  return LANGUAGES.map((language) => {
    const name = fleetTexts(language)('fleet:language');
    return html`<a lang="${language}" href="${link(input, { language })}"${current(language === input.language)}>${name}</a> `;
  });
}

function troubleLinks(input: FleetPageInput, t: TFunction): Html {
  const item = (trouble: Trouble | null, label: string, count: number): Html => {
    const text = t('fleet:count', { label, number: count });
    return html`<li><a href="${link(input, { trouble, page: 1 })}"${current(trouble === input.trouble)}>${text}</a></li>`;
  };
  const counted = TROUBLES.map((trouble) =>
    item(
      trouble,
      t(`fleet:trouble.${trouble}`),
      input.fleet.filter(({ troubles }) => troubles.includes(trouble)).length,
    ),
  );
  return html`<nav aria-label="${t('fleet:show')}"><ul>${item(null, t('fleet:all'), input.fleet.length)}${counted}</ul></nav>`;
}

function versions(fleet: readonly FleetEntry[], t: TFunction): Html | null {
  const counts = new Map<string, number>();
  for (const { beat } of fleet) if (beat !== null) counts.set(beat.version, (counts.get(beat.version) ?? 0) + 1);
  if (counts.size === 0) return null;
  const items = [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .map(([version, number]) => t('fleet:count', { label: version, number }));
  return html`<p>${t('fleet:versions', { list: items.join(', ') })}</p>`;
}

const COLUMNS = [
  'terminal',
  'shop',
  'trouble',
  'heard',
  'waiting',
  'oldest',
  'held',
  'rejected',
  'printer',
  'version',
  'mode',
  'clock',
] as const;

const NUMBERS: ReadonlySet<string> = new Set(['waiting', 'held', 'rejected']);

function table(entries: readonly FleetEntry[], now: number, t: TFunction): Html {
  const head = COLUMNS.map((column) => {
    const kind = NUMBERS.has(column) ? html` class="number"` : null;
    return html`<th scope="col"${kind}>${t(`fleet:column.${column}`)}</th>`;
  });
  // A region that scrolls is reached by keyboard too.
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${t('fleet:title')}">
<table><thead><tr>${head}</tr></thead><tbody>
${entries.map((entry) => row(entry, now, t))}
</tbody></table></div>`;
}

function row({ code, shopName, beat, troubles }: FleetEntry, now: number, t: TFunction): Html {
  const badges = troubles.map((one) => html`<span class="trouble">${t(`fleet:trouble.${one}`)}</span> `);
  const { salvage } = beat ?? {};
  const lost =
    salvage == null
      ? []
      : [
          t('fleet:salvage.lost', { missing: salvage.missing, damaged: salvage.damaged }),
          ...(salvage.isLogCut ? [t('fleet:salvage.log-cut')] : []),
          ...(salvage.isIdentityLost ? [t('fleet:salvage.identity-lost')] : []),
        ].map((line) => html`<br>${line}`);
  const cell = (text: string): Html => html`<td>${text}</td>`;
  const number = (value: number): Html => html`<td class="number">${value}</td>`;
  const start = html`<th scope="row">${code}</th>${cell(shopName ?? t('fleet:unknown-shop'))}<td>${badges.length === 0 ? t('fleet:fine') : badges}${lost}</td>`;
  if (beat === null) return html`<tr>${start}<td colspan="${COLUMNS.length - 3}">${t('fleet:never')}</td></tr>`;
  const oldest = beat.oldest_waiting_at === null ? '–' : ago(now - beat.oldest_waiting_at.getTime(), t);
  return html`<tr>${start}${cell(ago(now - beat.received_at.getTime(), t))}${number(beat.waiting)}${cell(oldest)}${number(beat.held)}${number(beat.rejected)}${cell(t(`fleet:printer.${beat.printer}`))}${cell(beat.version)}${cell(t(`fleet:mode.${beat.mode}`))}${cell(t('fleet:seconds', { number: signed(beat.clock_ahead_seconds) }))}</tr>`;
}

function pageLinks(input: FleetPageInput, t: TFunction): Html | null {
  if (input.pages === 1) return null;
  const links = Array.from({ length: input.pages }, (_, index) => index + 1).map(
    (page) => html`<li><a href="${link(input, { page })}"${current(page === input.page)}>${page}</a></li>`,
  );
  return html`<nav aria-label="${t('fleet:pages')}"><ul>${links}</ul></nav>`;
}

const timeOf = (epochMs: number): string => `${businessDate(epochMs)} ${businessTimeOfDay(epochMs)}`;

const MINUTE = 60_000;

function ago(ms: number, t: TFunction): string {
  const minutes = Math.max(0, Math.floor(ms / MINUTE));
  if (minutes < 120) return t('fleet:ago.minutes', { number: minutes });
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? t('fleet:ago.hours', { number: hours }) : t('fleet:ago.days', { number: Math.floor(hours / 24) });
}

const signed = (value: number): string => (value > 0 ? `+${value}` : String(value));
