import type { FastifyBaseLogger } from 'fastify';
import { type ExpressionBuilder, sql } from 'kysely';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { Clocks, Timers } from '../ports.ts';
import { errorCode } from '../start-failure.ts';
import type { Database, Tables } from '../store/schema.ts';
import type { MailSeal } from './mail-seal.ts';
import { EXPIRED, type MailRow, mailRowSchema } from './mail-store.ts';
import type { SendMail, SendOutcome } from './smtp.ts';

export interface Mailer {
  /** Looks for work; called when a mail may have been queued. */
  readonly wake: () => void;
  /** Ends after the mail that is under way, which is broken off if the server lets it wait. */
  readonly stop: () => Promise<void>;
}

/** While it lasts no other process takes the mail. Well above a try's deadline: clocks of several centrals differ. */
const CLAIM_MS = 10 * 60_000;
/** Mails that another process queued, or left behind when it died, are found within this time. */
const LOOK_AGAIN_MS = 30_000;
const STOP_PATIENCE_MS = 5_000;
/** Between tries of one mail: a server that wants it later usually means minutes. */
const MAIL_BACKOFF = { baseMs: 60_000, capMs: 60 * 60_000 };
/** Between tries of a server that takes no mail at all. */
const SERVER_BACKOFF = { baseMs: 1_000, capMs: 60_000 };

/**
 * Sends what the outbox holds, one mail at a time; several processes may do so on one database. A mail is claimed in a
 * transaction of its own, so that no lock is held while a server answers. It is sent twice only where nobody can know
 * better: the connection or the process broke after the server had taken it and before that was written down. Both
 * copies carry the same Message-ID then.
 */
export function startMailer(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly timers: Timers;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly send: SendMail;
  readonly seal: MailSeal;
  /** The sender's: a Message-ID is unique within it. */
  readonly domain: string;
  readonly logger: FastifyBaseLogger;
}): Mailer {
  const { db, clocks, timers, random, send, seal, domain, logger } = context;
  const broken = new AbortController();
  let cancelTimer: () => void = () => {};
  let running = false;
  let again = false;
  let stopped = false;
  let serverFailures = 0;
  let idle: Promise<void> = Promise.resolve();

  const wake = (): void => {
    again = true;
    // A server that took no mail is left alone until its pause is over, however many mails are queued meanwhile.
    if (!stopped && !running && serverFailures === 0) start();
  };

  const start = (): void => {
    again = true;
    running = true;
    cancelTimer();
    idle = work();
  };

  const work = async (): Promise<void> => {
    let waitMs = LOOK_AGAIN_MS;
    try {
      while (again && !stopped) {
        again = false;
        waitMs = await sendDueMails();
        if (serverFailures > 0) break;
      }
    } catch (error) {
      logger.error({ code: errorCode(error) }, 'the mail outbox cannot be read');
    }
    running = false;
    if (!stopped) cancelTimer = timers.after(waitMs, start);
  };

  /** Milliseconds until it is worth looking again. */
  const sendDueMails = async (): Promise<number> => {
    while (!stopped) {
      const mail = await claimNext();
      if (mail === null) return untilNextDue();
      const outcome = await deliver(mail);
      await settle(mail, outcome);
      if (outcome.kind === 'unreachable') {
        serverFailures += 1;
        return backoffMs(SERVER_BACKOFF, serverFailures, random);
      }
      serverFailures = 0;
    }
    return LOOK_AGAIN_MS;
  };

  const deliver = async (mail: ClaimedMail): Promise<SendOutcome> => {
    // What is in it can't be used any more.
    if (mail.sealed_body !== null && clocks.system() >= mail.give_up_at.getTime()) {
      return { kind: 'refused', failure: EXPIRED };
    }
    const text = mail.sealed_body === null ? mail.body : seal.open(mail.sealed_body);
    // Sealed by another key than this central's: nobody can read it any more.
    if (text === null) return { kind: 'refused', failure: 'sealed' };
    return send(outgoing(mail, text), broken.signal);
  };

  const claimNext = (): Promise<ClaimedMail | null> =>
    db.transaction().execute(async (transaction) => {
      const found = await transaction
        .selectFrom('mails as mail')
        .selectAll('mail')
        .where('mail.due_at', '<=', new Date(clocks.system()))
        .where(isNext)
        .orderBy('mail.due_at')
        .limit(1)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (found === undefined) return null;
      const row = mailRowSchema.parse(found);
      if (row.to_address === null) throw new Error('a mail without an address is due');
      const claim = { tries: row.tries + 1, message_id: row.message_id ?? `<${row.id}@${domain}>` };
      await transaction
        .updateTable('mails')
        .set({ ...claim, state: 'inProgress', due_at: new Date(clocks.system() + CLAIM_MS) })
        .where('id', '=', row.id)
        .execute();
      return { ...row, ...claim, to_address: row.to_address };
    });

  const untilNextDue = async (): Promise<number> => {
    const next = await db
      .selectFrom('mails as mail')
      .select('mail.due_at')
      .where('mail.due_at', 'is not', null)
      .where(isNext)
      .orderBy('mail.due_at')
      .limit(1)
      .executeTakeFirst();
    const waitMs = next?.due_at == null ? LOOK_AGAIN_MS : next.due_at.getTime() - clocks.system();
    // At least a second: what is due and can't be claimed is being claimed by another process this moment.
    return Math.min(Math.max(waitMs, 1_000), LOOK_AGAIN_MS);
  };

  const settle = async (mail: ClaimedMail, outcome: SendOutcome): Promise<void> => {
    const settled = settledAs(mail, outcome);
    await db
      .updateTable('mails')
      .set(settled)
      .where('id', '=', mail.id)
      // Someone else has claimed it since: that try counts, unless this one delivered it.
      .where((where) => (outcome.kind === 'sent' ? where.lit(true) : where('tries', '=', mail.tries)))
      .execute();
    const line = { mail: mail.id, kind: mail.kind, tries: mail.tries, failure: settled.failure };
    if (outcome.kind === 'sent') logger.info(line, 'mail sent');
    else logger.warn(line, settled.state === 'failed' ? 'mail given up' : 'mail not sent, it will be tried again');
  };

  const settledAs = (mail: ClaimedMail, outcome: SendOutcome) => {
    switch (outcome.kind) {
      case 'sent':
        return {
          ...{ state: 'completed', failure: null, due_at: null, sealed_body: null },
          sent_at: new Date(clocks.business()),
        };
      case 'refused':
        return { state: 'failed', failure: outcome.failure, due_at: null, sealed_body: null };
      case 'temporary':
      case 'unreachable': {
        const now = clocks.system();
        if (now >= mail.give_up_at.getTime()) {
          return { state: 'failed', failure: outcome.failure, due_at: null, sealed_body: null };
        }
        const waitMs = outcome.kind === 'temporary' ? backoffMs(MAIL_BACKOFF, mail.tries, random) : 0;
        return { state: 'inProgress', failure: outcome.failure, due_at: new Date(now + waitMs) };
      }
      default:
        return cantHappen(outcome);
    }
  };

  wake();
  return {
    wake,
    stop: async () => {
      stopped = true;
      cancelTimer();
      const cancelPatience = timers.after(STOP_PATIENCE_MS, () => broken.abort());
      await idle;
      cancelPatience();
    },
  };
}

type ClaimedMail = MailRow & { readonly to_address: string; readonly message_id: string };

/** What was told earlier about the same matter goes first: nobody reads "complete" before "received". */
const isNext = ({ not, exists, selectFrom }: ExpressionBuilder<Tables & { mail: Tables['mails'] }, 'mail'>) =>
  not(
    exists(
      selectFrom('mails as earlier')
        .select(sql`1`.as('one'))
        .whereRef('earlier.about', '=', 'mail.about')
        .whereRef('earlier.place', '<', 'mail.place')
        .where('earlier.due_at', 'is not', null),
    ),
  );

function outgoing(mail: ClaimedMail, text: string): Parameters<SendMail>[0] {
  return {
    to: mail.to_address,
    subject: mail.subject,
    text,
    language: mail.language,
    date: mail.queued_at,
    messageId: mail.message_id,
  };
}

/** Between half of the doubled step and all of it, so that many that failed together come back spread out. */
function backoffMs(
  { baseMs, capMs }: { readonly baseMs: number; readonly capMs: number },
  failures: number,
  random: () => number,
): number {
  return Math.min(capMs, baseMs * 2 ** Math.min(failures - 1, 20)) * (0.5 + random() / 2);
}
