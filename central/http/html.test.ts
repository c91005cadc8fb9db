import { expect, it } from 'vitest';
import { html } from './html.ts';

it('escapes what is put in, in text and in attributes, and nothing twice', () => {
  const name = `"><script>alert('&')</script>`;
  const inner = html`<b title="${name}">${name}</b>`;
  expect(inner.text).not.toMatch(/<script|"><s/);
  expect(html`<p>${inner}${[inner, inner]}${null}${3}</p>`.text).toBe(
    `<p>${inner.text}${inner.text}${inner.text}3</p>`,
  );
});
