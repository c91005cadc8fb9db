import { z } from 'zod';
import { expect } from './fixtures.ts';

const mailsSchema = z.array(z.object({ to: z.array(z.string()), text: z.string() }));

/** Code, and link where there is one, of the newest mail to that address that says either. */
export async function mailedCode(
  central: string,
  address: string,
  seen: ReadonlySet<string> = new Set(),
): Promise<{ code: string; link: string }> {
  let found = { code: '', link: '' };
  await expect
    .poll(async () => {
      const mails = mailsSchema.parse(await (await fetch(`${central}/demo/mails`)).json());
      const text = mails.findLast(({ to, text }) => to.includes(address) && CODE.test(text))?.text ?? '';
      found = { code: CODE.exec(text)?.[1] ?? '', link: /https?:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '' };
      return found.code !== '' && !seen.has(found.code);
    })
    .toBe(true);
  return found;
}

const CODE = /認証コード：(\d{6})/;
