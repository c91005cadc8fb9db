import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { pino } from 'pino';
import { z } from 'zod';
import type { ResetWay } from '../../shared/central-api/password-resets.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { createTestDatabase } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { caughtMails } from './caught-mails.ts';
import { type Answer, call } from './client.ts';
import { expectOk, startTestCentral, type TestCentral } from './test-central.ts';
import { terminalToken } from './test-terminal.ts';

export interface ResetVisit {
  readonly id: string;
  readonly sessionId: string;
}

export type ResetRig = Awaited<ReturnType<typeof startResets>>;

export const visitOf = (): ResetVisit => ({ id: randomUUID(), sessionId: randomUUID() });
/** What an answer says of any visit. */
export const said = (answer: Answer): unknown => ({
  ...z.record(z.string(), z.unknown()).parse(answer.json()),
  id: 'any',
});

/** Two centrals on one database, a terminal, and what it asks when a password is forgotten. */
export async function startResets(database: string) {
  const url = await createTestDatabase(database);
  const central = await startTestCentral(url);
  const other = await central.second();
  const db = expectOk<Database>(await openDatabase({ kind: 'postgres', url }, pino({ level: 'silent' })));
  const operator = await central.tokens.forOperator(['tmf.write']);
  let token = await terminalToken(central.url);

  const mailsTo = async (address: string) =>
    (await caughtMails(central.url)).filter(({ to, text }) => to.includes(address) && text.includes('認証コード：'));
  /** Of the newest of so many mails. */
  const mailed = (address: string, count = 1): Promise<{ code: string; text: string }> =>
    eventually(async () => {
      const mails = await mailsTo(address);
      expect(mails).toHaveLength(count);
      const text = mails.at(-1)?.text ?? '';
      return { code: /認証コード：(\d{6})/.exec(text)?.[1] ?? '', text };
    });

  return {
    ...{ central, other, db, mailsTo, mailed },
    token: () => token,
    setWay: (number: string, way: ResetWay | 'mail', by = operator): Promise<Answer> =>
      call(`${central.url}${CENTRAL_PATHS.operatorCustomer}/${number}/password-reset`, {
        ...{ token: by, method: 'PUT', body: { way } },
      }),
    begin: (
      visit: ResetVisit,
      loginId: string | null,
      { at = central, by = token }: { at?: TestCentral; by?: string } = {},
    ): Promise<Answer> =>
      call(`${at.url}${CENTRAL_PATHS.passwordResets}`, { token: by, body: { ...visit, loginId, language: 'ja' } }),
    prove: ({ id, sessionId }: ResetVisit, code: string): Promise<Answer> =>
      call(`${central.url}${CENTRAL_PATHS.codes}/${id}/proof`, { token, body: { sessionId, code } }),
    stateOf: ({ id, sessionId }: ResetVisit): Promise<Answer> =>
      call(`${central.url}${CENTRAL_PATHS.codes}/${id}?sessionId=${sessionId}`, { token }),
    /** What central says to a sign-in. */
    statusOf: async (loginId: string, password: string): Promise<number> =>
      (
        await call(`${central.url}${CENTRAL_PATHS.signIn}`, {
          token,
          body: { loginId, password, sessionId: randomUUID() },
        })
      ).status,
    codeFor: async (address: string, count = 1): Promise<string> => (await mailed(address, count)).code,
    wait: async (seconds: number): Promise<void> => {
      central.clocks.advance(seconds * 1000 + 1);
      token = await terminalToken(central.url);
    },
    close: async (): Promise<void> => {
      await db.destroy();
      await other.close();
      await central.dispose();
    },
  };
}
