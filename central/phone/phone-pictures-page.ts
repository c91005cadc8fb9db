import { PHONE_FLAWS } from '../../shared/central-api/phone-hand-overs.ts';
import type { Language } from '../../shared/domain/language.ts';
import { oneTimeGrouped } from '../../shared/domain/one-time-password.ts';
import { phonePage } from '../codes/phone-page.ts';
import { type Html, html } from '../http/html.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import { PHONE_PATHS } from './paths.ts';
import type { SideStanding, Visit } from './sent-pictures.ts';

/** What the page's script says beside what a picture lacks. */
const MORE_WORDS = ['missing', 'again', 'checking', 'some-refused', 'unreachable'] as const;

export type FormProblem = 'broken' | 'refused' | 'used' | { readonly minutes: number };

const SCRIPT = html`<script src="${PHONE_PATHS.script}"></script>`;

/** Opening it uses nothing up: programs that look into links do that too. */
export function phoneFormPage(page: {
  readonly language: Language;
  /** Known to this page alone; a form that is sent twice is the same phone's. */
  readonly visit: string;
  readonly typed: string;
  readonly problem: FormProblem | null;
}): Html {
  const { language, visit, typed, problem } = page;
  const t = mailTexts(language);
  const text =
    problem === null
      ? null
      : typeof problem === 'object'
        ? t('one-time-page:form.throttled', problem)
        : t(`phone-page:form.${problem}`);
  return phonePage({
    language,
    title: t('phone-page:form.title'),
    script: SCRIPT,
    main: html`<p>${t('phone-page:form.lead')}</p>
<form class="main pictures" method="post">
<input type="hidden" name="visit" value="${visit}">
<div>
<label for="password">${t('phone-page:form.number')}</label>
<input id="password" name="password" value="${/^\d{12}$/.test(typed) ? oneTimeGrouped(typed) : typed}" inputmode="numeric" autocomplete="off" spellcheck="false" aria-describedby="password-hint${text === null ? '' : ' password-error'}"${text === null ? null : html` aria-invalid="true"`}>
<p class="hint" id="password-hint">${t('phone-page:form.hint')}</p>
${text === null ? null : html`<p class="problem" id="password-error" role="alert">${text}</p>`}
</div>
<button>${t('phone-page:form.submit')}</button>
</form>
<p class="hint">${t('phone-page:form.care')}</p>`,
  });
}

export function phonePicturesPage(language: Language, { document, sides }: Visit): Html {
  const t = mailTexts(language);
  const words = Object.fromEntries<string>([
    ...PHONE_FLAWS.map((flaw): [string, string] => [flaw, t(`phone-page:flaw.${flaw}`)]),
    ...MORE_WORDS.map((word): [string, string] => [word, t(`phone-page:${word}`)]),
  ]);
  return phonePage({
    language,
    title: t('phone-page:title', { document: t(`identity:document.${document}`) }),
    script: SCRIPT,
    main: html`<p>${t('phone-page:lead')}</p>
<noscript><p class="problem">${t('phone-page:no-script')}</p></noscript>
<form class="main pictures" id="pictures" data-words="${JSON.stringify(words)}">
${sides.map((side) => sideField(language, side))}
<p id="news" class="news" role="status"></p>
<button>${t('phone-page:submit')}</button>
</form>
<p class="hint">${t('phone-page:use')}</p>`,
  });
}

function sideField(language: Language, { side, state, flaw }: SideStanding): Html {
  const t = mailTexts(language);
  const name = t(`phone:side.${side}`);
  const isKept = state === 'kept';
  return html`<div class="side" data-side="${side}" data-state="${state}">
<h2>${name}</h2>
${side === 'thickness' ? html`<p class="hint">${t('phone-page:tilted')}</p>` : null}
<img alt="${t('phone-page:preview', { side: name })}" hidden>
<p class="kept"${isKept ? null : html` hidden`}>${t('phone-page:kept')}</p>
<div class="pick"${isKept ? html` hidden` : null}>
<input id="${side}" type="file" accept="image/*" capture="environment" aria-describedby="${side}-error"${flaw === null ? null : html` aria-invalid="true"`}>
<label for="${side}"><span>${t('phone-page:pick', { side: name })}</span></label>
</div>
<p class="problem" id="${side}-error" role="alert"${flaw === null ? html` hidden` : null}>${flaw === null ? '' : t(`phone-page:flaw.${flaw}`)}</p>
</div>`;
}

export function phoneEndPage(language: Language, state: 'done' | 'over'): Html {
  const t = mailTexts(language);
  return phonePage({
    language,
    title: t(`phone-page:${state}.title`),
    main: html`<p>${t(`phone-page:${state}.lead`)}</p>`,
  });
}
