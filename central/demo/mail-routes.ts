import type { FastifyInstance } from 'fastify';
import { sendHtml, wantsHtml } from '../http/html.ts';
import type { MailCatcher } from './mail-catcher.ts';
import { mailPage } from './mail-page.ts';

export const DEMO_MAILS_PATH = '/demo/mails';

/** What was mailed: JSON, or a page for browsers. */
export function demoMailRoutes(app: FastifyInstance, catcher: MailCatcher): void {
  app.get(DEMO_MAILS_PATH, async (request, reply) => {
    const mails = await catcher.mails();
    if (!wantsHtml(request)) return reply.send(mails);
    return sendHtml(reply, mailPage(mails));
  });
}
