export const APP_SCHEME = 'app';
export const PAGE_ORIGIN = `${APP_SCHEME}://madoguchi`;
export const GREETING = `${PAGE_ORIGIN}/`;

/** The page itself, whatever follows its path. */
export function isPageAddress(url: string): boolean {
  const address = URL.parse(url);
  return address !== null && `${address.protocol}//${address.host}${address.pathname}` === GREETING;
}
