/** Chromium can't be taught a scheme, so a page of app://host/… runs at https://host.app.electron-standin.test/… */
const SUFFIX = 'electron-standin.test';
const inChromium = new RegExp(`^https://([^/]*)\\.([a-z][a-z0-9+-]*)\\.${SUFFIX.replace('.', '\\.')}(?=/|$)`);

export const schemes = new Set();

const schemeOf = (url) => /^([a-z][a-z0-9+.-]*):\/\//i.exec(url)?.[1];

export function toChromium(url) {
  const scheme = schemeOf(url);
  if (!schemes.has(scheme)) return url;
  const [, host, rest] = /^[^:]+:\/\/([^/?#]*)(.*)$/s.exec(url);
  return `https://${host}.${scheme}.${SUFFIX}${rest.startsWith('/') ? rest : `/${rest}`}`;
}

export const fromChromium = (url) => url.replace(inChromium, (_all, host, scheme) => `${scheme}://${host}`);

/** `new URL().origin` is "null" for a scheme that Node doesn't know. */
export const originOf = (url) => /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i.exec(url)?.[0] ?? 'null';
