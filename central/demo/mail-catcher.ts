import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import PostalMime, { type Address } from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import { v7 as uuidv7 } from 'uuid';
import { errorText } from '../start-failure.ts';
import type { MailSettings } from '../mail/mail-settings.ts';

/** What a demo mailed, as its receiver would find it. */
export interface CaughtMail {
  readonly id: string;
  readonly messageId: string | null;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly language: string | null;
  readonly date: string | null;
}

export interface MailCatcher {
  readonly settings: MailSettings;
  /** Oldest first. */
  readonly mails: () => Promise<readonly CaughtMail[]>;
  readonly close: () => Promise<void>;
}

const LARGEST_MAIL_BYTES = 1024 * 1024;
const SENDER = { name: 'Madoguchi (demo)', address: 'no-reply@example.jp' };

/** A real SMTP server on loopback, for the demo only. It keeps what it takes as .eml files in `folder`. */
export async function startMailCatcher(folder: string, logger: FastifyBaseLogger): Promise<MailCatcher> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_MAIL_BYTES,
    disableReverseLookup: true,
    logger: false,
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('end', () => {
        try {
          keep(folder, Buffer.concat(chunks));
          done();
        } catch (error) {
          done(error instanceof Error ? error : new Error('not kept'));
        }
      });
    },
  });
  // Connections that break are the sender's business.
  server.on('error', (error) => logger.warn({ error: errorText(error) }, 'mail catcher'));
  const port = await new Promise<number>((resolve, reject) => {
    const listener = server.listen(0, '127.0.0.1', () => {
      const address = listener.address();
      if (address === null || typeof address === 'string') reject(new Error('a TCP server has a port'));
      else resolve(address.port);
    });
    server.once('error', reject);
  });
  return {
    settings: { host: '127.0.0.1', port, secure: false, requireTls: false, login: null, from: SENDER },
    mails: () => Promise.all(files(folder).map((file) => read(join(folder, file), file))),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Complete or not at all: another central of the demo may read the folder at the same time. */
function keep(folder: string, bytes: Buffer): void {
  const name = uuidv7();
  const draft = join(folder, `${name}.draft`);
  writeFileSync(draft, bytes, { mode: 0o600 });
  renameSync(draft, join(folder, `${name}.eml`));
}

const files = (folder: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.eml'))
    .sort();

async function read(path: string, file: string): Promise<CaughtMail> {
  const mail = await PostalMime.parse(readFileSync(path));
  return {
    id: file.slice(0, -'.eml'.length),
    messageId: mail.messageId ?? null,
    from: mail.from?.address ?? '',
    to: addresses(mail.to),
    subject: mail.subject ?? '',
    text: mail.text ?? '',
    language: mail.headers.find(({ key }) => key === 'content-language')?.value ?? null,
    date: mail.date ?? null,
  };
}

function addresses(list: readonly Address[] | undefined): string[] {
  return (list ?? []).flatMap(({ address }) => (address === undefined ? [] : [address]));
}
