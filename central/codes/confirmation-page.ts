import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { Html, html } from '../http/html.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import { STYLE } from '../shop-pages/style.ts';

const htmlLanguage = (language: Language): string => (language === 'zh' ? 'zh-CN' : language);

/** For a phone: one question, one button. */
export function confirmationPage({
  language,
  state,
}: {
  language: Language;
  state: 'waiting' | 'proved' | 'over';
}): Html {
  const t = mailTexts(language);
  const languages = LANGUAGES.map((one) => {
    const name = mailTexts(one)('codes:page.own-name');
    return one === language
      ? html`<li><span aria-current="true" lang="${htmlLanguage(one)}">${name}</span></li>`
      : html`<li><a href="?lang=${one}" lang="${htmlLanguage(one)}" hreflang="${htmlLanguage(one)}">${name}</a></li>`;
  });
  return html`<!doctype html>
<html lang="${htmlLanguage(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${t(`codes:page.${state}.title`)} | ${t('codes:page.site')}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<p class="name">${t('codes:page.site')}</p>
<nav aria-label="${t('codes:page.language')}"><ul class="languages">${languages}</ul></nav>
</header>
<main>
<h1>${t(`codes:page.${state}.title`)}</h1>
<p>${t(`codes:page.${state}.lead`)}</p>
${
  state === 'waiting'
    ? html`<form class="main" method="post"><button>${t('codes:page.waiting.submit')}</button></form>
<p class="hint">${t('codes:page.waiting.care')}</p>`
    : null
}
</main>
</body>
</html>
`;
}
