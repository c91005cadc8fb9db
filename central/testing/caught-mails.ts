import { z } from 'zod';

const caughtMailsSchema = z.array(
  z.strictObject({
    id: z.string(),
    messageId: z.string(),
    from: z.string(),
    to: z.array(z.string()),
    subject: z.string(),
    text: z.string(),
    language: z.string(),
    date: z.string(),
  }),
);

/** What the demo's catcher took, oldest first. */
export async function caughtMails(url: string): Promise<z.infer<typeof caughtMailsSchema>> {
  return caughtMailsSchema.parse(await (await fetch(`${url}/demo/mails`)).json());
}
