import type { FastifyInstance } from 'fastify';
import type { MailCatcher } from './mail-catcher.ts';
import { mailPage } from './mail-page.ts';

export const DEMO_MAILS_PATH = '/demo/mails';

/** What was mailed: JSON, or a page for browsers. */
export function demoMailRoutes(app: FastifyInstance, catcher: MailCatcher): void {
  app.get(DEMO_MAILS_PATH, async (request, reply) => {
    const mails = await catcher.mails();
    reply.header('cache-control', 'no-store').header('vary', 'accept');
    if (!(request.headers.accept ?? '').includes('text/html')) return reply.send(mails);
    return reply
      .type('text/html; charset=utf-8')
      .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
      .send(mailPage(mails));
  });
}
