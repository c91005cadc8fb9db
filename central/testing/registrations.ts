import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { pino } from 'pino';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createTestDatabase } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { type Answer, call } from './client.ts';
import { expectOk, startTestCentral, type TestCentral } from './test-central.ts';

/** Has no ID yet, in the demo's data. */
export const YAMADA = {
  ...{ kana: 'ヤマダタロウ', phone: '0312345678', additional: null },
  proof: { kind: 'card', value: '4242' },
} as const;
export const PASSWORD = 'Canary%Pass1';

export interface Visit {
  readonly id: string;
  readonly sessionId: string;
}
export const newVisit = (): Visit => ({ id: randomUUID(), sessionId: randomUUID() });

export const verifyAt = ({ url }: TestCentral, token: string, visit: Visit, contractor: object): Promise<Answer> =>
  call(`${url}${CENTRAL_PATHS.registrations}`, { token, body: { ...visit, contractor } });

/** On PostgreSQL, so that a second central may stand beside it. */
export interface OwnCentral {
  readonly central: TestCentral;
  readonly db: Database;
  /** How many of its queries wait for another's. */
  waitingForLocks(): Promise<number>;
  close(): Promise<void>;
}

export async function startOwnCentral(name: string): Promise<OwnCentral> {
  const url = await createTestDatabase(name);
  const central = await startTestCentral(url);
  const db = expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  return {
    central,
    db,
    waitingForLocks: async () => {
      const { rows } = await sql<{ waiting: number }>`
        select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(db);
      return rows[0]?.waiting ?? 0;
    },
    close: async () => {
      await db.destroy();
      await central.dispose();
    },
  };
}
