import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSmtp, type OutgoingMail } from '../mail/smtp.ts';
import { createServer } from '../http/server.ts';
import { type MailCatcher, startMailCatcher } from './mail-catcher.ts';
import { DEMO_MAILS_PATH, demoMailRoutes } from './mail-routes.ts';

const quiet = pino({ level: 'fatal' });
const never = new AbortController().signal;

let folder: string;
let catcher: MailCatcher;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'madoguchi-catcher-'));
  catcher = await startMailCatcher(folder, quiet);
});
afterEach(async () => {
  await catcher.close();
  rmSync(folder, { recursive: true });
});

const mail: OutgoingMail = {
  to: 'hanako@example.jp',
  subject: 'お申込みを受け付けました（受付番号 T01-261118-0001-5）とても長い件名なので、折り返されるはずです',
  text: `髙橋様 <script>alert(1)</script> & 他\n\n${'一行がとても長い文章です。'.repeat(40)}\n\n.\nFrom here\n`,
  language: 'ja',
  date: new Date('2026-11-18T12:00:00+09:00'),
  messageId: '<one@madoguchi.mail>',
};
const send = (sent: OutgoingMail) => createSmtp(catcher.settings)(sent, never);

it('shows what arrived as it was written, also to another central and after a restart', async () => {
  expect(await send(mail)).toEqual({ kind: 'sent' });
  expect(await send({ ...mail, to: 'jiro@example.jp', subject: 'second', language: 'en' })).toEqual({ kind: 'sent' });
  const caught = await catcher.mails();
  expect(caught).toMatchObject([
    {
      messageId: mail.messageId,
      from: 'no-reply@example.jp',
      to: [mail.to],
      subject: mail.subject,
      text: mail.text,
      language: 'ja',
      date: '2026-11-18T03:00:00.000Z',
    },
    { subject: 'second', to: ['jiro@example.jp'], language: 'en' },
  ]);
  const other = await startMailCatcher(folder, quiet);
  expect(await other.mails()).toEqual(caught);
  await other.close();
});

it('sends to one address, whatever it holds', async () => {
  expect(await send({ ...mail, to: 'a@example.jp, b@example.jp' })).toMatchObject({ kind: 'refused' });
  expect(await send({ ...mail, to: 'a@example.jp>\r\nRCPT TO:<b@example.jp' })).toMatchObject({ kind: 'refused' });
  expect(await catcher.mails()).toEqual([]);
});

it('answers with JSON, and with a page to browsers, in which a mail is nothing but text', async () => {
  await send(mail);
  const app = createServer(quiet);
  demoMailRoutes(app, catcher);
  const get = (headers: Record<string, string>) => app.inject({ url: DEMO_MAILS_PATH, headers });
  for (const headers of [{}, { accept: '*/*' }, { accept: 'application/json' }]) {
    expect((await get(headers)).json()).toEqual(await catcher.mails());
  }
  const page = await get({ accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect(page.body).toContain('<pre lang="ja">');
  expect(page.body).toContain('Demo:');
  expect(page.body).not.toContain('<script');
  await app.close();
});
