import { Html, html } from '../http/html.ts';
import type { CaughtMail } from './mail-catcher.ts';

const STYLE = `
  body { margin: 2rem auto; max-width: 46rem; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; color: #1b1f1d; }
  .demo { padding: .5rem 1rem; border: 2px solid #8a4b00; background: #fff4e0; }
  details { margin: 1rem 0; border: 1px solid #6b7570; border-radius: .25rem; }
  summary { padding: .75rem 1rem; cursor: pointer; }
  summary:focus-visible { outline: 3px solid #0a6650; outline-offset: 2px; }
  summary small { display: block; color: #4a524e; }
  pre { margin: 0; padding: 1rem; border-top: 1px solid #6b7570; font: inherit; white-space: pre-wrap; }
`;

/** What the demo's mail catcher took, newest first; for whoever tries the demo out. */
export function mailPage(mails: readonly CaughtMail[]): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Mails of this demo</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<h1>Mails of this demo</h1>
<p class="demo">Demo: these mails were caught on this machine and went to nobody. Reload the page for new ones.</p>
${mails.length === 0 ? html`<p>None yet.</p>` : mails.toReversed().map(entry)}
</main>
</body>
</html>
`;
}

function entry({ to, subject, text, language, date }: CaughtMail): Html {
  const lang = language === null ? null : html` lang="${language}"`;
  return html`<details>
<summary><span${lang}>${subject}</span> <small>to ${to.join(', ')}, ${date ?? ''}</small></summary>
<pre${lang}>${text}</pre>
</details>
`;
}
