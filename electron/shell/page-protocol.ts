import { SECURITY_HEADERS } from '../backend/page-files/page-policy.ts';
import { readPageFile } from '../backend/page-files/read-page-file.ts';
import { PAGE_ORIGIN } from './page-address.ts';
import { fillServiceScreen, SERVICE_PATH } from './service-screen.ts';

/** Answers `app://`: the renderer's build under our one host, nothing else. */
export function servePage(rendererDir: string): (request: Request) => Promise<Response> {
  return async ({ method, url }) => {
    const address = URL.parse(url);
    // To the URL parser a scheme that it doesn't know has no `origin`.
    const isOurs = address !== null && `${address.protocol}//${address.host}` === PAGE_ORIGIN;
    if (!isOurs || method !== 'GET') return new Response(null, { status: 403, headers: SECURITY_HEADERS });
    const path = decodePath(address.pathname);
    if (path === null) return new Response(null, { status: 404, headers: SECURITY_HEADERS });
    const { status, headers, body } = await readPageFile({ rendererDir, path, channel: null });
    if (path !== SERVICE_PATH) return new Response(body, { status, headers });
    return new Response(fillServiceScreen(body.toString('utf8'), address.search), { status, headers });
  };
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
}
