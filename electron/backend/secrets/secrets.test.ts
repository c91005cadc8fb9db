import { noIdReader } from '../devices/id-reader/id-reader.ts';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verify } from '@node-rs/argon2';
import { ORPCError } from '@orpc/client';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../../central/store/open-database.ts';
import type { Database } from '../../../central/store/schema.ts';
import { caughtMails } from '../../../central/testing/caught-mails.ts';
import { buildProgram, type Program, type RunningProgram } from '../../../central/testing/program.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Contractor } from '../../../shared/central-api/registration.ts';
import type { IssuedPassword } from '../../../shared/contract/secrets.ts';
import { oneTimeGrouped, oneTimeNumber } from '../../../shared/domain/one-time-password.ts';
import { isIn, needlesOf } from '../../../tests/canaries/forms.ts';
import { databasePlaces, filesUnder } from '../../../tests/canaries/places.ts';
import { eventually } from '../../../tests/setup/eventually.ts';
import { createTestDatabase, hasPostgres } from '../../../tests/setup/test-postgres.ts';
import { createVirtualPrinter, type VirtualPrinter } from '../../../tools/virtual-printer/virtual-printer.ts';
import { type Backend, buildBackend } from '../build-backend.ts';
import { createLogger } from '../log/logger.ts';
import { keyInFile } from '../outbox/terminal-key-file.ts';
import { systemTimers } from '../ports.ts';
import { settingsSchema } from '../settings/settings.ts';
import { noProbe } from '../step-probe.ts';
import { type AnswerLoser, startAnswerLoser } from '../testing/answer-loser.ts';
import { type MemoryPage, openMemoryPage } from '../testing/memory-page.ts';
import { RESOURCES_DIR } from '../testing/shop-rig.ts';
import { drawHere } from '../testing/draw-here.ts';

const ACCOUNT = 'account-1-access';
const ANSWER = 'カナリア一号';
/** In the middle of the slip: after the printer was asked how it is, before the cut. */
const MIDWAY = 300;

/** A kiosk with a printer, and central as a process of its own that is killed for real. */
describe.skipIf(!hasPostgres())('a password between central, the page and the paper', () => {
  const folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  const dataDir = join(folder, 'terminal');
  const logs: string[] = [];
  const passwords = new Set<string>();
  let program: Program;
  let central: RunningProgram | null = null;
  let centralUrl = new URL('http://127.0.0.1:9');
  let centralLog = '';
  let databaseUrl = '';
  let db: Database;
  let loser: AnswerLoser;
  let printer: VirtualPrinter;
  let backend: Backend;
  let page: MemoryPage;
  let sessionId = '';
  /** Other customers' sessions that are open. */
  let besides: string[] = [];
  let beating: NodeJS.Timeout;

  beforeAll(async () => {
    program = await buildProgram();
    databaseUrl = await createTestDatabase('secrets');
    loser = await startAnswerLoser(() => centralUrl);
    await startCentral();
    const opened = await openDatabase({ kind: 'postgres', url: databaseUrl }, pino({ level: 'fatal' }));
    if (!opened.ok) throw new Error(opened.error.message);
    db = opened.value;
    const made = await createVirtualPrinter({ port: 0, columns: 48, out: null, log: () => undefined });
    if (!made.ok) throw new Error(made.error);
    printer = made.value;
    openTerminal();
    await backend.whenSettled();
    await reaches('reachable');
    sessionId = await signIn();
    // As a page does, which is there for as long as the session: on a loaded machine a test takes longer than that lasts.
    beating = setInterval(() => void beat().catch(() => undefined), 1_000);
  }, 120_000);
  afterAll(async () => {
    clearInterval(beating);
    await page.close();
    await backend.close();
    await printer.close();
    await db.destroy();
    await central?.end('SIGKILL');
    await loser.close();
    program.dispose();
    rmSync(folder, { recursive: true });
  });

  async function startCentral(): Promise<void> {
    central = await program.start(
      ['--demo', '--port', centralUrl.port === '9' ? '0' : centralUrl.port, '--data', join(folder, 'central')],
      { DATABASE_URL: databaseUrl },
    );
    centralUrl = new URL(central.url);
  }
  async function killCentral(): Promise<void> {
    centralLog += (await central?.end('SIGKILL'))?.stderr ?? '';
    central = null;
  }
  async function restartCentral(): Promise<void> {
    await startCentral();
    await reaches('reachable');
  }
  function openTerminal(): void {
    const built = buildBackend({
      settings: settingsSchema.parse({ central: loser.url, printer: printer.address, mode: 'self-service' }),
      dataDir,
      resourcesDir: RESOURCES_DIR,
      businessClock: (corrected) => corrected,
      keyStore: keyInFile(dataDir),
      draw: drawHere,
      idReader: noIdReader,
      log: createLogger((line) => logs.push(line)),
      ports: {
        system: Date.now,
        monotonic: () => performance.now(),
        timers: systemTimers,
        random: () => 0.05,
        probe: noProbe,
      },
    });
    if (!built.ok) throw new Error(built.error.code);
    backend = built.value;
    page = openMemoryPage(backend);
  }
  const reaches = (state: 'reachable' | 'unreachable') =>
    eventually(async () => {
      expect((await page.client.terminal.status()).central).toBe(state);
    });
  const signIn = async (loginId = 'taro@example.jp'): Promise<string> =>
    (
      await page.client.session.signIn({
        requestId: randomUUID(),
        loginId,
        password: 'Counter2026',
        language: 'ja',
      })
    ).sessionId;
  const beat = async (): Promise<void> => {
    for (const open of [sessionId, ...besides]) {
      await page.client.terminal.heartbeat({ sessionId: open, staffSessionId: null });
      await page.client.session.touch({ sessionId: open });
    }
  };
  const wish = (issueId: string) => ({ sessionId, issueId, accountId: ACCOUNT, language: 'ja' }) as const;
  const issue = async (issueId: string): Promise<IssuedPassword> => {
    const issued = await page.client.secrets.issue(wish(issueId));
    passwords.add(issued.password);
    return issued;
  };
  const print = (issueId: string) => page.client.secrets.print({ sessionId, issueId, language: 'ja' });
  const takes = async (password: string, accountId = ACCOUNT): Promise<boolean> => {
    const { password_hash: hash } = await db
      .selectFrom('service_accounts')
      .select('password_hash')
      .where('id', '=', accountId)
      .executeTakeFirstOrThrow();
    return hash !== null && verify(hash, password);
  };
  const refusalOf = (call: Promise<unknown>): Promise<string> =>
    call.then(
      () => 'not refused',
      (error: unknown) => (error instanceof ORPCError ? String(error.code) : 'unexpected'),
    );

  /** One kind of secret between its own issue and the paper. */
  interface Subject {
    readonly what: string;
    readonly issue: (issueId: string) => Promise<{ readonly issueId: string; readonly password: string }>;
    readonly print: (issueId: string) => ReturnType<typeof print>;
    readonly takes: (password: string) => Promise<boolean>;
    /** As the slip writes it. */
    readonly written: (password: string) => string;
  }
  const ofAccount = (what: string, session: string, accountId: string): Subject => ({
    what,
    issue: async (issueId) => {
      const issued = await page.client.secrets.issue({ sessionId: session, issueId, accountId, language: 'ja' });
      passwords.add(issued.password);
      return issued;
    },
    print: (issueId) => page.client.secrets.print({ sessionId: session, issueId, language: 'ja' }),
    takes: (password) => takes(password, accountId),
    written: (password) => password,
  });
  const oneTime = async (): Promise<Subject> => {
    const visit = { registrationId: randomUUID(), visitId: randomUUID() };
    const contractor: Contractor = {
      ...{ kana: 'ヤマダタロウ', phone: '0312345678', additional: null },
      proof: { kind: 'card', value: '4242' },
    };
    await page.client.registration.verify({ ...visit, contractor });
    const [document] = await page.client.terms.get({ ids: ['my-page'], language: 'ja' });
    const terms = [{ id: 'my-page' as const, version: document?.version ?? '' }];
    const owner = { kind: 'visit', ...visit } as const;
    return {
      what: 'one-time password',
      issue: async (issueId) => {
        const issued = await page.client.oneTime.issue({ owner, issueId, terms, language: 'ja' });
        passwords.add(issued.password).add(oneTimeGrouped(issued.password));
        return issued;
      },
      print: (issueId) => page.client.oneTime.print({ owner, issueId, language: 'ja' }),
      takes: async (password) => {
        const row = await db
          .selectFrom('one_time_passwords')
          .select('password_hash')
          .where('number', '=', oneTimeNumber(password))
          .where('expires_at', '>', new Date())
          .executeTakeFirst();
        return row !== undefined && verify(row.password_hash, password);
      },
      written: oneTimeGrouped,
    };
  };

  const portal = async (loginId: string): Promise<Subject> => {
    const visit = { resetId: randomUUID(), visitId: randomUUID() };
    const given = { ...visit, question: 'pet', answer: ANSWER } as const;
    const reset = page.client.passwordReset;
    passwords.add(ANSWER);
    expect(await reset.begin({ ...visit, owner: { kind: 'id', loginId }, language: 'ja' })).toEqual({
      way: 'secret-question',
    });
    await reset.remember({ ...given, language: 'ja' });
    const code = await eventually(async () => {
      const [mail] = (await caughtMails(centralUrl.origin)).filter(({ to }) => to.includes(loginId));
      const found = /認証コード：(\d{6})/.exec(mail?.text ?? '')?.[1];
      if (found === undefined) throw new Error('no mail yet');
      return found;
    });
    await reset.prove({ ...visit, code });
    return {
      what: 'iTSCOM ID',
      issue: async (issueId) => {
        const issued = await page.client.passwordReset.issue({ ...given, issueId });
        passwords.add(issued.password);
        return issued;
      },
      print: (issueId) => page.client.passwordReset.print({ ...visit, issueId, language: 'ja' }),
      takes: async (password) => {
        const { password_hash: hash } = await db
          .selectFrom('digital_identities')
          .select('password_hash')
          .where('login_id', '=', loginId)
          .executeTakeFirstOrThrow();
        return verify(hash, password);
      },
      written: (password) => password,
    };
  };

  it('is issued, lost to a printer, revoked and issued anew, with central killed between each pair of steps', async () => {
    const hanako = await signIn('hanako@example.jp');
    besides = [hanako];
    const subjects = [
      ofAccount('access account', sessionId, ACCOUNT),
      ofAccount('video', hanako, 'account-2-cable'),
      await oneTime(),
      await portal('shichiro@example.jp'),
    ];
    const each = <T>(does: (subject: Subject, at: number) => Promise<T>): Promise<T[]> =>
      subjects.reduce<Promise<T[]>>(
        async (before, subject, at) => [...(await before), await does(subject, at)],
        Promise.resolve([]),
      );
    const first = await each(({ issue }) => issue(randomUUID()));
    await each(async ({ what, takes: isTaken }, at) => {
      expect([what, await isTaken(first[at]?.password ?? '')]).toEqual([what, true]);
    });

    await killCentral();
    printer.setFault({ kind: 'drop', afterBytes: MIDWAY });
    await each(async ({ what, print: lay }, at) => {
      expect([what, await lay(first[at]?.issueId ?? '')]).toEqual([
        what,
        { outcome: { kind: 'unknown' }, password: 'revocation-waits' },
      ]);
    });
    printer.setFault(null);
    await each(async ({ what, issue: ask, print: lay, takes: isTaken }, at) => {
      const { issueId = '', password = '' } = first[at] ?? {};
      expect([what, await isTaken(password)]).toEqual([what, true]);
      // Nothing is issued, shown or printed again before what may lie on paper is worth nothing.
      const refusals = [await refusalOf(ask(randomUUID())), await refusalOf(ask(issueId))];
      expect([what, refusals]).toEqual([what, ['CENTRAL_UNREACHABLE', 'REVOKED']]);
      // Whose page lost the answer hears it once more.
      const again = await lay(issueId);
      expect([what, again.outcome.kind, again.password]).toEqual([what, 'unknown', 'revocation-waits']);
    });

    await restartCentral();
    await each(({ takes: isTaken }, at) =>
      eventually(async () => expect(await isTaken(first[at]?.password ?? '')).toBe(false)),
    );

    await killCentral();
    await each(async ({ what, issue: ask }) => {
      expect([what, await refusalOf(ask(randomUUID()))]).toEqual([what, 'CENTRAL_UNREACHABLE']);
    });
    await restartCentral();
    const second = await each(({ issue: ask }) => ask(randomUUID()));
    await each(async ({ what, takes: isTaken }, at) => {
      const worth = [await isTaken(first[at]?.password ?? ''), await isTaken(second[at]?.password ?? '')];
      expect([what, worth]).toEqual([what, [false, true]]);
    });

    await killCentral();
    await each(async ({ what, print: lay, written }, at) => {
      const { issueId = '', password = '' } = second[at] ?? {};
      expect([what, await lay(issueId)]).toEqual([what, { outcome: { kind: 'printed' }, password: 'valid' }]);
      const slip = printer.receipts.at(-1)?.text ?? '';
      expect(slip, what).toContain(written(password));
      expect(slip, what).not.toContain(written(first[at]?.password ?? '–'));
      expect(await refusalOf(lay(issueId)), what).toBe('ALREADY_PRINTED');
    });
    await restartCentral();
    await each(async ({ what, takes: isTaken }, at) => {
      expect([what, await isTaken(second[at]?.password ?? '')]).toEqual([what, true]);
    });
    besides = [];
    await page.client.session.end({ sessionId: hanako });
  });

  it('is printed again from memory where the printer refused, and stays the same', async () => {
    const issued = await issue(randomUUID());
    const receipts = printer.receipts.length;
    printer.setPaper('out');
    expect(await print(issued.issueId)).toEqual({
      outcome: { kind: 'refused', reason: 'paper-out' },
      password: 'valid',
    });
    expect(await issue(issued.issueId)).toEqual(issued);
    printer.setPaper('ok');
    const [once, twice] = await Promise.all([print(issued.issueId), print(issued.issueId)]);
    expect([once, twice]).toEqual([once, once]);
    expect(once).toEqual({ outcome: { kind: 'printed' }, password: 'valid' });
    expect(printer.receipts.length).toBe(receipts + 1);
    expect(await takes(issued.password)).toBe(true);
  });

  it.each([
    [{ kind: 'paper-out', afterBytes: MIDWAY } as const, 'failed'],
    [{ kind: 'cover-open', afterBytes: MIDWAY } as const, 'failed'],
  ])('is revoked at once where part of it may lie on paper: %o', async (fault, outcome) => {
    const issued = await issue(randomUUID());
    printer.setFault(fault);
    const printed = await print(issued.issueId);
    printer.setFault(null);
    printer.setPaper('ok');
    printer.setCover('closed');
    expect([printed.outcome.kind, printed.password]).toEqual([outcome, 'revoked']);
    expect(await takes(issued.password)).toBe(false);
  });

  it('is issued anew where central’s answer was lost: what nobody saw is worth nothing', async () => {
    loser.lose(CENTRAL_PATHS.passwordIssues, 1);
    const issued = await issue(randomUUID());
    expect(await takes(issued.password)).toBe(true);
    loser.lose(CENTRAL_PATHS.passwordIssues, 2);
    const issueId = randomUUID();
    expect(await refusalOf(page.client.secrets.issue(wish(issueId)))).toBe('OUTCOME_UNKNOWN');
    expect(await takes(issued.password)).toBe(false);
    // Two presses at once are one wish.
    const [left, right] = await Promise.all([issue(issueId), issue(issueId)]);
    expect(left).toEqual(right);
    expect(await takes(left.password)).toBe(true);
  });

  it('is revoked by the next start of a terminal whose power failed while it printed', async () => {
    const issued = await issue(randomUUID());
    printer.setFault({ kind: 'hang', afterBytes: MIDWAY });
    const printing = print(issued.issueId).catch(() => undefined);
    await eventually(() => expect(printer.uncut()).not.toBe('\n'));
    await page.close();
    await backend.close();
    printer.setFault(null);
    expect(await takes(issued.password)).toBe(true);
    openTerminal();
    await reaches('reachable');
    await eventually(async () => expect(await takes(issued.password)).toBe(false));
    await printing;
    sessionId = await signIn();
  });

  it('is changed to the customer’s own choice once, also where the answer was lost; its slip holds none', async () => {
    const issued = await issue(randomUUID());
    const next = 'Ch0sen%Word';
    passwords.add(next);
    const asked = { sessionId, changeId: randomUUID(), accountId: ACCOUNT, next, language: 'ja' } as const;
    expect(await refusalOf(page.client.secrets.change({ ...asked, present: 'wrong' }))).toBe('PRESENT_REFUSED');
    expect(await refusalOf(page.client.secrets.change({ ...asked, present: issued.password, next: 'a b' }))).toBe(
      'NOT_ALLOWED',
    );
    expect(await refusalOf(page.client.secrets.change({ ...asked, present: 'x', accountId: 'account-2-access' }))).toBe(
      'UNKNOWN_ACCOUNT',
    );
    loser.lose(CENTRAL_PATHS.passwordChanges, 1);
    const change = { ...asked, present: issued.password };
    expect(await refusalOf(page.client.secrets.change(change))).toBe('OUTCOME_UNKNOWN');
    const changed = await page.client.secrets.change(change);
    expect(changed).toMatchObject({ kind: 'access-account', login: 'a1000001@net.example.jp' });
    expect(await takes(next)).toBe(true);
    const { changeId } = asked;
    expect(await page.client.secrets.printChange({ sessionId, changeId, language: 'en' })).toEqual({ kind: 'printed' });
    const slip = printer.receipts.at(-1)?.text ?? '';
    expect(slip).toContain('a1000001@net.example.jp');
    for (const password of passwords) expect(slip).not.toContain(password);
  });

  it('is nowhere once the session is over', async () => {
    const held = await issue(randomUUID());
    await page.client.session.end({ sessionId });
    expect(await refusalOf(print(held.issueId))).toBe('SESSION_GONE');
    await killCentral();
    const logged = [...logs, centralLog].map((line) => ({ where: line, content: Buffer.from(line) }));
    const written = [...filesUnder(folder), ...(await databasePlaces(databaseUrl)), ...logged];
    expect(passwords.size).toBeGreaterThan(6);
    const needles = needlesOf(Object.fromEntries([...passwords].map((one) => [one, one])));
    for (const { where, content } of written)
      expect(
        needles.filter((one) => isIn(content, one)),
        where,
      ).toEqual([]);
  });
});
