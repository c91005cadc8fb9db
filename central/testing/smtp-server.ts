import { SMTPServer } from 'smtp-server';
import type { MailSettings } from '../mail/mail-settings.ts';

/** How the server treats a mail. `drop`: it takes it and breaks off before saying so; `hang`: it takes it and says nothing. */
export type Treatment =
  | { readonly kind: 'take' | 'drop' | 'hang' }
  | { readonly kind: 'refuse'; readonly at: 'connect' | 'sender' | 'recipient' | 'data'; readonly code: number };

export interface Delivery {
  readonly to: string;
  /** The whole message as it came. */
  readonly message: string;
  readonly messageId: string;
}

/** A real SMTP server on a free port that treats mails as told. */
export interface TestSmtp {
  readonly settings: MailSettings;
  /** What it has in its hands, also where the sender can't know. */
  readonly deliveries: readonly Delivery[];
  /** For the next connections in turn; afterwards it takes what comes. */
  treat(...treatments: readonly Treatment[]): void;
  /** How many of those treatments are still to come. */
  left(): number;
  /** Refuses connections. */
  goDown(): Promise<void>;
  /** On the port that it had. */
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

export async function startTestSmtp(): Promise<TestSmtp> {
  const deliveries: Delivery[] = [];
  const upcoming: Treatment[] = [];
  const bySession = new Map<string, Treatment>();
  const refusalAt = (session: { readonly id: string }, at: string): (Error & { responseCode: number }) | null => {
    const treatment = bySession.get(session.id);
    if (treatment?.kind !== 'refuse' || treatment.at !== at) return null;
    return Object.assign(new Error('refused by the test'), { responseCode: treatment.code });
  };
  const create = (): SMTPServer => {
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      onConnect: (session, done) => {
        bySession.set(session.id, upcoming.shift() ?? { kind: 'take' });
        done(refusalAt(session, 'connect'));
      },
      onMailFrom: (_address, session, done) => done(refusalAt(session, 'sender')),
      onRcptTo: (_address, session, done) => done(refusalAt(session, 'recipient')),
      onData: (stream, session, done) => {
        let message = '';
        stream.setEncoding('utf8');
        stream.on('data', (text: string) => {
          message += text;
        });
        stream.once('end', () => {
          const refusal = refusalAt(session, 'data');
          if (refusal !== null) {
            done(refusal);
            return;
          }
          const messageId = /^Message-ID: (.*)\r$/im.exec(message)?.[1] ?? '';
          deliveries.push({ to: session.envelope.rcptTo[0]?.address ?? '', message, messageId });
          const kind = bySession.get(session.id)?.kind;
          if (kind === 'take') done();
          if (kind === 'drop') for (const connection of server.connections) connection._socket.destroy();
        });
      },
    });
    server.on('error', () => undefined);
    return server;
  };
  let server = create();
  const listen = (port: number): Promise<number> =>
    new Promise((resolve) => {
      const listener = server.listen(port, '127.0.0.1', () => {
        const address = listener.address();
        resolve(typeof address === 'object' ? (address?.port ?? 0) : 0);
      });
    });
  const stop = (): Promise<void> => {
    for (const connection of server.connections) connection._socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  };
  const port = await listen(0);
  return {
    settings: {
      host: '127.0.0.1',
      port,
      secure: false,
      requireTls: false,
      login: null,
      from: { name: '', address: 'no-reply@operator.example' },
    },
    deliveries,
    treat: (...treatments) => {
      upcoming.push(...treatments);
    },
    left: () => upcoming.length,
    goDown: stop,
    comeBack: async () => {
      server = create();
      await listen(port);
    },
    close: stop,
  };
}
