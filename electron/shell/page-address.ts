export const APP_SCHEME = 'app';
export const PAGE_ORIGIN = `${APP_SCHEME}://madoguchi`;
