import { isIP } from 'node:net';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { StartFailure } from '../start-failure.ts';

export interface Sender {
  readonly name: string;
  readonly address: string;
}

export const domainOf = ({ address }: Sender): string => address.slice(address.lastIndexOf('@') + 1);

/** Where mails go and whom they are from. */
export interface MailSettings {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte (`smtps:`). */
  readonly secure: boolean;
  /** Mails name people, so they leave the machine encrypted or not at all. */
  readonly requireTls: boolean;
  readonly login: { readonly user: string; readonly pass: string } | null;
  readonly from: Sender;
}

const SMTP_PORT = 587;
const SMTPS_PORT = 465;

const smtpUrlSchema = z.url({ protocol: /^smtps?$/ }).transform((text, context) => {
  const url = new URL(text);
  const extras = url.search !== '' || url.hash !== '' || !['', '/'].includes(url.pathname);
  const login = z.tuple([z.string(), z.string()]).safeParse([decoded(url.username), decoded(url.password)]);
  if (extras || url.hostname === '' || !login.success) {
    context.addIssue({ code: 'custom', message: 'not in the form smtp(s)://USER:PASSWORD@HOST:PORT' });
    return z.NEVER;
  }
  const [user, pass] = login.data;
  const secure = url.protocol === 'smtps:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  return {
    host,
    port: url.port === '' ? (secure ? SMTPS_PORT : SMTP_PORT) : Number(url.port),
    secure,
    requireTls: !secure && !isLoopback(host),
    login: user === '' ? null : { user, pass },
  };
});

const NAME_AND_ADDRESS = /^(?:"?(?<name>[^"<>]*?)"?\s*<(?<inside>[^<>]+)>|(?<bare>[^<>\s]+))$/;

/** `address` or `Name <address>`. */
const senderSchema = z.string().transform((text, context): Sender => {
  const groups = NAME_AND_ADDRESS.exec(text.trim())?.groups;
  const address = z.email().safeParse(groups?.['inside'] ?? groups?.['bare']);
  if (address.success) return { name: groups?.['name'] ?? '', address: address.data };
  context.addIssue({ code: 'custom', message: 'no mail address' });
  return z.NEVER;
});

const refuse = (message: string): Result<never, StartFailure> => err({ code: 'options', message });

/** null: no `SMTP_URL`, so mails wait. No message quotes the address: it holds a password. */
export function readMailSettings(
  env: Readonly<Record<string, string | undefined>>,
): Result<MailSettings | null, StartFailure> {
  if (!env['SMTP_URL']) return ok(null);
  const server = smtpUrlSchema.safeParse(env['SMTP_URL']);
  if (!server.success) return refuse('SMTP_URL has the form smtp://USER:PASSWORD@HOST:PORT or smtps://…');
  const from = senderSchema.safeParse(env['MAIL_FROM'] ?? '');
  if (!from.success) return refuse('with SMTP_URL, MAIL_FROM is the address that mails come from: NAME <ADDRESS>');
  return ok({ ...server.data, from: from.data });
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}
