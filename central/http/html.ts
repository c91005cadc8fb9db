import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** A browser asks for pages, programs don't. */
export const wantsHtml = (request: FastifyRequest): boolean => (request.headers.accept ?? '').includes('text/html');

/** The one script that may run in a page, written in it. */
export function inlineScript(script: string): string {
  return `script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`;
}

/**
 * A page that loads nothing, sends its forms here only, and is kept by no cache.
 * @param allowed directives of its policy for what else it may do
 */
export function sendHtml(reply: FastifyReply, page: Html, allowed = ''): FastifyReply {
  return reply
    .type('text/html; charset=utf-8')
    .header('cache-control', 'no-store')
    .header('vary', 'accept')
    .header('referrer-policy', 'no-referrer')
    .header(
      'content-security-policy',
      `default-src 'none'; ${allowed} style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
    )
    .send(page.text);
}

/** Markup that is safe to send: made by `html`, or written in the code with nothing put in. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Value = string | number | Html | readonly Html[] | null;

/** Everything that is put in is escaped, unless it is markup already. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const rendered = values.map(render);
  return new Html(parts.reduce((text, part, at) => `${text}${rendered[at - 1] ?? ''}${part}`));
}

function render(value: Value): string {
  if (value === null) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'object') return value.map((one) => one.text).join('');
  return String(value).replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
