import { expect, it } from 'vitest';
import { readMailSettings } from './mail-settings.ts';

const MAIL_FROM = 'Operator <no-reply@operator.example>';
const read = (SMTP_URL: string, from = MAIL_FROM) => readMailSettings({ SMTP_URL, MAIL_FROM: from });

it('is nothing without SMTP_URL', () => {
  expect(readMailSettings({ MAIL_FROM })).toEqual({ ok: true, value: null });
  expect(read('')).toEqual({ ok: true, value: null });
});

it.each([
  ['smtp://mail.example', { host: 'mail.example', port: 587, secure: false, requireTls: true, login: null }],
  ['smtps://mail.example/', { host: 'mail.example', port: 465, secure: true, requireTls: false }],
  ['smtp://127.0.0.1:2525', { host: '127.0.0.1', port: 2525, secure: false, requireTls: false }],
  ['smtp://localhost:25', { host: 'localhost', requireTls: false }],
  ['smtp://[::1]:25', { host: '::1', requireTls: false }],
  ['smtp://u%40x:p%3A%2F@mail.example:25', { port: 25, login: { user: 'u@x', pass: 'p:/' }, requireTls: true }],
])('reads %s: only a server on this machine is spoken to without TLS', (url, expected) => {
  expect(read(url)).toMatchObject({ ok: true, value: { ...expected, from: { name: 'Operator' } } });
});

it.each([
  'mail.example',
  'http://mail.example',
  'smtp://:25',
  'smtp://mail.example?tls.rejectUnauthorized=false',
  'smtp://u:%ff@h',
])('refuses %s, without repeating it', (url) => {
  const refused = read(url);
  expect(refused).toMatchObject({ ok: false, error: { code: 'options' } });
  if (!refused.ok) expect(refused.error.message).not.toContain(url.slice('smtp://'.length));
});

it.each([
  ['no-reply@operator.example', { name: '', address: 'no-reply@operator.example' }],
  ['"窓口 サポート" <a@b.example>', { name: '窓口 サポート', address: 'a@b.example' }],
])('reads the sender %s', (from, expected) => {
  expect(read('smtp://localhost', from)).toMatchObject({ ok: true, value: { from: expected } });
});

it.each(['', 'nobody', 'A <a@b.example>, B <c@d.example>', 'A <a@b.example>\r\nBcc: c@d.example'])(
  'refuses the sender %j',
  (from) => {
    expect(read('smtp://localhost', from)).toMatchObject({ ok: false, error: { code: 'options' } });
  },
);
