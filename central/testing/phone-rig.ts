import { randomUUID } from 'node:crypto';
import { createCanvas } from '@napi-rs/canvas';
import { pino } from 'pino';
import { expect } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import { handOverSchema, handOverStateSchema } from '../../shared/central-api/phone-hand-overs.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { IdentityCheck } from '../../shared/domain/identity-policy.ts';
import { phoneBrowser } from '../../tests/setup/phone-browser.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { openDatabase } from '../store/open-database.ts';
import type { Database } from '../store/schema.ts';
import { type Answer, call } from './client.ts';
import { expectOk, startTestCentral, type TestCentral } from './test-central.ts';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Written into each picture beside what it shows. */
export const CANARY = 'GPS-canary-35.6N';

/** By pictures, as staff attest it. */
export const CHECK_BY_PICTURE: IdentityCheck = {
  ...{ person: 'contractor', evidence: 'picture', document: 'drivers-licence', sides: ['front', 'back'] },
  ...{ supplementary: false, agrees: [], checkedAt: '2026-11-27T00:00:00.000Z', policyVersion: '1' },
};

/** A JPEG with a comment in it. @param nth another picture for each */
export function pictureOf(width: number, height: number, nth = 0): Buffer {
  const canvas = createCanvas(width, height);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#c81e5a';
  pen.fillRect(0, 0, width, height);
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, nth * 8, 100);
  const jpeg = canvas.toBuffer('image/jpeg', 80);
  const comment = Buffer.concat([Buffer.from([0xff, 0xfe, 0, CANARY.length + 2]), Buffer.from(CANARY)]);
  return Buffer.concat([jpeg.subarray(0, 2), comment, jpeg.subarray(2)]);
}

export type PhoneRig = Awaited<ReturnType<typeof startPhoneRig>>;

/** A central whose policy lets phones send pictures, with what its terminals ask of it and the phones' own browsers. */
export async function startPhoneRig() {
  const url = await createAnyDatabase('phone');
  const central: TestCentral = await startTestCentral(url);
  central.clocks.advance(9 * DAY_MS);
  const db: Database | null =
    url === null ? null : expectOk(await openDatabase({ kind: 'postgres', url }, pino({ level: 'fatal' })));
  /** The passwords that it made. */
  const passwords: string[] = [];
  let nth = 0;

  const post = (path: string, body: object, by: string): Promise<Answer> =>
    call(`${central.url}${CENTRAL_PATHS.phoneHandOvers}${path}`, { token: by, body });
  const wish = (more: object = {}) => ({
    ...{ id: randomUUID(), sessionId: randomUUID(), applicationId: uuidv7(), person: 'contractor' },
    ...{ document: 'drivers-licence', language: 'ja', ...more },
  });
  /** @param token the terminal's that asks */
  async function begun(token: string, more: object = {}) {
    const asked = wish(more);
    const answer = await post('', asked, token);
    expect(answer.status, answer.text).toBe(201);
    const { password, page } = handOverSchema.parse(answer.json());
    passwords.push(password);
    const at = `/${asked.id}`;
    const query = `?sessionId=${asked.sessionId}`;
    const get = (path: string, by: string) =>
      call(`${central.url}${CENTRAL_PATHS.phoneHandOvers}${at}${path}${query}`, { token: by });
    return {
      ...{ ...asked, password, page },
      state: async (by = token) => handOverStateSchema.parse((await get('', by)).json()),
      picture: (side: string, by = token) => get(`/pictures/${side}`, by),
      judge: (side: string, hash: string, flaw: string | null = null, by = token) =>
        post(`${at}/pictures/${side}/verdict`, { sessionId: asked.sessionId, hash, flaw }, by),
      revoke: (by = token) => post(`${at}/revocation`, { sessionId: asked.sessionId }, by),
    };
  }

  return {
    central,
    db,
    passwords,
    post,
    wish,
    begun,
    next: (): Buffer => pictureOf(800, 600, (nth += 1)),
    phone: () => phoneBrowser(`${central.url}${CENTRAL_PATHS.phonePage}`),
    close: async () => {
      await db?.destroy();
      await central.dispose();
    },
  };
}
