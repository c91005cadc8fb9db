import { z } from 'zod';
import { tmfCommunicationMessageSchema } from '../../shared/central-api/communication.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { call } from './client.ts';

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
  return caughtMailsSchema.parse((await call(`${url}/demo/mails`)).json());
}

/** TMF681 as that token sees it. */
export async function listMessages(url: string, token: string, query = '') {
  const answer = await call(`${url}${CENTRAL_PATHS.communicationMessage}${query}`, { token });
  return z.array(tmfCommunicationMessageSchema).parse(answer.json());
}
