import type { z } from 'zod';
import { Html, html } from '../http/html.ts';
import { type DescribedRoute, describeRoutes, jsonSchema, type Route } from './document.ts';

const STYLE = new Html(`
:root { color-scheme: light dark; font: 16px/1.6 system-ui, sans-serif }
body { margin: 0 auto; padding: 2rem 1.5rem 6rem; max-width: 62rem }
h1 { font-size: 1.6rem } h2 { margin-top: 3rem; font-size: 1.2rem }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem }
details { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent) }
summary { cursor: pointer; padding: .75rem 0; display: grid; grid-template-columns: 4.5rem 1fr; gap: 0 1rem }
summary p { grid-column: 2; margin: 0; opacity: .75 }
summary b { letter-spacing: .04em }
code, pre { font: .85rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
pre { margin: 0 0 1rem; padding: 1rem; max-height: 30rem; overflow: auto; white-space: pre-wrap;
  background: color-mix(in srgb, currentColor 6%, transparent); border-radius: .5rem }
dl { margin: 0 0 1rem 5.5rem } dt { font-weight: 600 } dd { margin: 0 0 .75rem }
`);

/** The same as the document, to read: one page, no script, nothing loaded. */
export function referencePage(routes: readonly Route[]): Html {
  const described = describeRoutes(routes);
  const tagOf = ({ operation }: DescribedRoute): string => operation?.tag ?? '';
  const tags = [...new Set(described.map(tagOf))];
  const entries = (tag: string): readonly Html[] => described.filter((one) => tagOf(one) === tag).map(routeEntry);
  return html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Madoguchi central</title>
<style>${STYLE}</style>
<h1>Madoguchi central</h1>
<nav>${tags.map((tag) => html`<a href="#${tag}">${tag}</a>`)}<a href="/openapi.json">openapi.json</a></nav>
${tags.map((tag) => html`<h2 id="${tag}">${tag}</h2>${entries(tag)}`)}
</html>`;
}

function routeEntry({ route, operation }: DescribedRoute): Html {
  const { method, url } = route;
  const { summary = '', who = [], query = [], headers = [], request, response } = operation ?? {};
  return html`<details><summary><b>${method}</b><code>${url}</code><p>${summary}</p></summary><dl>
<dt>Callers</dt><dd>${who.join(', ')}</dd>
${listed('Query', query)}${listed('Headers', headers)}
${request === undefined ? null : html`<dt>Body</dt><dd>${schemaOf(request, 'input')}</dd>`}
${response === undefined ? null : html`<dt>${response.status}</dt><dd>${answerOf(response)}</dd>`}
</dl></details>`;
}

const listed = (term: string, names: readonly string[]): Html | null =>
  names.length === 0 ? null : html`<dt>${term}</dt><dd><code>${names.join(', ')}</code></dd>`;

const answerOf = ({ schema, example }: NonNullable<DescribedRoute['operation']>['response']): readonly Html[] => [
  ...(schema === undefined ? [] : [schemaOf(schema, 'output')]),
  ...(example === undefined ? [] : [html`<pre>${JSON.stringify(example, null, 2)}</pre>`]),
];

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): Html =>
  html`<pre>${JSON.stringify(jsonSchema(schema, io), null, 2)}</pre>`;
