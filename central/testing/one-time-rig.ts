import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { eventually } from '../../tests/setup/eventually.ts';
import { ONE_TIME_LIMIT } from '../identity/sign-in-throttle.ts';
import { caughtMails } from './caught-mails.ts';
import { type Answer, call } from './client.ts';
import { newVisit, startOwnCentral, type Visit, verifyAt, YAMADA } from './registrations.ts';
import { terminalToken, tokenOfAnother } from './test-terminal.ts';

export const TERMS = [{ id: 'my-page', version: '2026-11-01' }] as const;

export type OneTimeRig = Awaited<ReturnType<typeof startOneTimeRig>>;

/** A central with a terminal that issues one-time passwords, and another one. */
export async function startOneTimeRig(name: string) {
  const own = await startOwnCentral(name);
  const { central, db } = own;
  const passwords = new Set<string>();
  const tokens = { token: '', another: '' };
  const renewTokens = async (): Promise<void> => {
    tokens.token = await terminalToken(central.url);
    tokens.another = await tokenOfAnother(central.url);
  };
  const issue = (registration: Visit | null, more: object = {}, by = tokens.token): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.oneTimePasswords}`, {
      token: by,
      body: { ...{ id: randomUUID(), attempt: 1, registration, terms: TERMS, language: 'ja' }, ...more },
    });
  return {
    ...own,
    tokens,
    renewTokens,
    /** As if the limits of the test before had passed. */
    renew: async () => {
      central.clocks.advance(ONE_TIME_LIMIT.seconds * 1000 + 1);
      await renewTokens();
    },
    begin: async (): Promise<Visit> => {
      const visit = newVisit();
      expect((await verifyAt(central, tokens.token, visit, YAMADA)).status).toBe(200);
      return visit;
    },
    issue,
    issued: async (registration: Visit | null, more: object = {}, by = tokens.token): Promise<string> => {
      const answer = await issue(registration, more, by);
      expect(answer.status, answer.text).toBe(201);
      const { password } = z.object({ password: z.string() }).parse(answer.json());
      passwords.add(password);
      return password;
    },
    mailTo: (address: string) =>
      eventually(async () => {
        const text = (await caughtMails(central.url)).findLast(({ to }) => to.includes(address))?.text ?? '';
        const code = /認証コード：(\d{6})/.exec(text)?.[1] ?? '';
        expect(code).not.toBe('');
        return { text, code, link: /https?:\S+\/confirm\/\S+/.exec(text)?.[0] ?? '' };
      }),
    wrong: (password: string): string => `${password.slice(0, -1)}${(Number(password.at(-1)) + 1) % 10}`,
    /** None that it issued lies anywhere. */
    expectNowhere: async (): Promise<void> => {
      const { rows } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = 'public'`.execute(db);
      for (const { name: table } of rows) {
        const found = await sql<{ text: string }>`select t::text as text from ${sql.table(table)} t`.execute(db);
        const everything = found.rows.map(({ text }) => text).join('\n');
        for (const password of passwords) expect(everything, table).not.toContain(password);
      }
      expect(passwords.size).toBeGreaterThan(1);
    },
  };
}
