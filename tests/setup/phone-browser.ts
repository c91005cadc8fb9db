import { z } from 'zod';

/** A customer's own, on a phone. @param address of the page that takes the pictures */
export function phoneBrowser(address: string) {
  let cookie = '';
  const ask = (
    path: string,
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
  ): Promise<Response> =>
    fetch(`${address}${path}`, {
      ...{ redirect: 'manual', ...init, headers: { cookie, 'sec-fetch-site': 'same-origin', ...init.headers } },
    });
  /** @returns what makes it one form, however often it is sent */
  const form = async (language = 'ja'): Promise<string> => {
    const text = await (await ask(`?lang=${language}`)).text();
    return /name="visit" value="([\w-]{43})"/.exec(text)?.[1] ?? '';
  };
  const submit = async (visit: string, password: string, language = 'ja') => {
    const body = new URLSearchParams({ visit, password });
    const answer = await ask(`?lang=${language}`, { method: 'POST', body });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return { status: answer.status, text: await answer.text(), cookie: answer.headers.get('set-cookie') };
  };
  return {
    ask,
    form,
    submit,
    claim: async (password: string, language = 'ja') => submit(await form(language), password, language),
    send: async (side: string, bytes: Buffer, type = 'image/jpeg') => {
      const body = new Uint8Array(bytes);
      const answer = await ask(`/pictures/${side}`, { method: 'PUT', body, headers: { 'content-type': type } });
      return { status: answer.status, json: z.record(z.string(), z.unknown()).parse(await answer.json()) };
    },
    standing: async () => (await ask('/standing')).json(),
    page: async (language = 'ja') => {
      const answer = await ask(`/pictures?lang=${language}`);
      return { status: answer.status, text: await answer.text(), headers: answer.headers };
    },
  };
}
