import { type Language, LANGUAGES } from '../../shared/domain/language.ts';
import { Html, html } from '../http/html.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import { STYLE } from '../shop-pages/style.ts';

const htmlLanguage = (language: Language): string => (language === 'zh' ? 'zh-CN' : language);

/** A page for a customer's own phone. */
export function phonePage(page: {
  readonly language: Language;
  readonly title: string;
  readonly main: Html;
  /** The element of a script of ours. */
  readonly script?: Html;
}): Html {
  const { language, title, main, script } = page;
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
<title>${title} | ${t('codes:page.site')}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header>
<p class="name">${t('codes:page.site')}</p>
<nav aria-label="${t('codes:page.language')}"><ul class="languages large">${languages}</ul></nav>
</header>
<main>
<h1>${title}</h1>
${main}
</main>
${script ?? null}
</body>
</html>
`;
}
