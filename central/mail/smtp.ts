import { createTransport } from 'nodemailer';
import { z } from 'zod';
import type { MailSettings } from './mail-settings.ts';

/** A mail as it leaves; every try sends the same bytes' worth. */
export interface OutgoingMail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly language: string;
  readonly date: Date;
  readonly messageId: string;
}

export type SendOutcome =
  | { readonly kind: 'sent' }
  /** The server won't take this mail for this address, now or later (5xx). */
  | { readonly kind: 'refused'; readonly failure: string }
  /** This mail not now (4xx), or nobody knows: the connection broke while it was handed over. */
  | { readonly kind: 'temporary'; readonly failure: string }
  /** The server takes no mail at all: not there, no TLS, login or sender not accepted. */
  | { readonly kind: 'unreachable'; readonly failure: string };

export type SendMail = (mail: OutgoingMail, stop: AbortSignal) => Promise<SendOutcome>;

const CONNECT_MS = 10_000;
const SILENCE_MS = 60_000;
/** No try takes longer; the outbox counts on it. */
export const SEND_DEADLINE_MS = 2 * 60_000;

/** One connection a mail: whether it was taken is then never in doubt except when that connection breaks. */
export function createSmtp({ host, port, secure, requireTls, login, from }: MailSettings): SendMail {
  const transport = createTransport({
    host,
    port,
    secure,
    requireTLS: requireTls,
    // Opportunistic TLS to a self-signed server on this machine would only fail.
    ignoreTLS: !secure && !requireTls,
    ...(login === null ? {} : { auth: login }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return async (mail, stop) => {
    try {
      await transport.sendMail({
        from,
        // As an object it is one address, whatever it holds.
        to: { name: '', address: mail.to },
        subject: mail.subject,
        text: mail.text,
        date: mail.date,
        messageId: mail.messageId,
        headers: { 'Content-Language': mail.language, 'Auto-Submitted': 'auto-generated' },
        signal: AbortSignal.any([stop, AbortSignal.timeout(SEND_DEADLINE_MS)]),
      });
      return { kind: 'sent' };
    } catch (error) {
      return outcomeOf(error);
    }
  };
}

const smtpErrorSchema = z.object({
  code: z.string().default('unknown'),
  responseCode: z.int().optional(),
  command: z.string().optional(),
});

/** The service is closing (RFC 5321): the next mail would hear the same. */
const SERVICE_CLOSING = 421;

/** Codes only: a server's words quote addresses. */
function outcomeOf(error: unknown): SendOutcome {
  const parsed = smtpErrorSchema.safeParse(error);
  if (!parsed.success) return { kind: 'temporary', failure: 'unknown' };
  const { code, responseCode, command } = parsed.data;
  const failure = responseCode === undefined ? code : `${code} ${responseCode}`;
  const aboutThisMail = command === 'RCPT TO' || command === 'DATA';
  if (responseCode === undefined) {
    if (code === 'EENVELOPE') return { kind: 'refused', failure };
    return { kind: aboutThisMail || code === 'EABORT' ? 'temporary' : 'unreachable', failure };
  }
  if (!aboutThisMail || responseCode === SERVICE_CLOSING) return { kind: 'unreachable', failure };
  return { kind: responseCode >= 500 ? 'refused' : 'temporary', failure };
}
