import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAPTURE_FOLDER } from '../../../electron/backend/captures/capture-store.ts';
import { TERMINAL_KEY_FILE } from '../../../electron/backend/outbox/terminal-key-file.ts';
import type { Shop } from './shop.ts';
import { GRANT, NAME, PICTURE } from './taken.ts';

/** Everything that was promised is here, and only what central has may have lost its content. */
export function checkKept(shop: Shop): void {
  const { findings, central } = shop.parts;
  const { outbox } = shop.running;
  for (const { id, receiptNumber, isOld, isWithdrawn, pictures } of shop.taken) {
    if (receiptNumber === null) continue;
    const entry = outbox.find(id);
    const isKept = entry?.receiptNumber === receiptNumber;
    findings.check('acked_survives_kill', isKept, `${id} (${receiptNumber}) is not on ${shop.name}`);
    if (isOld) findings.check('old_database_migrates_without_loss', isKept, `${id} is not on ${shop.name}`);
    if (shop.parts.world.now() > 86_400_000) findings.check('never_expires', isKept, `${id} is gone after days`);
    if (isWithdrawn) {
      findings.check('never_withdrawn_and_booked', entry?.state === 'withdrawn', `${id} is ${entry?.state ?? 'gone'}`);
    }
    // A correction takes the pictures of what it corrects.
    const isHandedOver = shop.taken.some(({ corrects }) => corrects === id);
    const isDecided = entry !== null && ['accepted', 'rejected', 'withdrawn'].includes(entry.state);
    const isWanted = !isDecided && !isHandedOver;
    const there = shop.running.captures.of(id).length;
    if (isWanted) {
      findings.check('purge_only_after_acceptance', there >= pictures.length, `${id} has ${there} pictures`);
    }
    if (!shop.isErased(id)) continue;
    const isAccepted = central.ordersOf(id).some(({ state }) => state === 'acknowledged' || state === 'cancelled');
    findings.check(
      'purge_only_after_acceptance',
      entry?.state === 'accepted' && isAccepted,
      `${id} was erased as ${entry?.state ?? 'nothing'}`,
    );
  }
}

/** Whether the number on the screen is the one in the database, once the screen had time to follow. */
export function checkCount(shop: Shop): void {
  if (!shop.running.isAlive()) return;
  const waiting = shop.running.db
    .prepare<[], number>(`select count(*) from outbox where state in ('queued', 'sending')`)
    .pluck()
    .get();
  shop.parts.findings.check(
    'count_shown_equals_database',
    shop.running.shownWaiting() === waiting,
    `${shop.name} shows ${shop.running.shownWaiting()} of ${waiting ?? 0}`,
  );
}

export function checkNothingInTheClear(shop: Shop): void {
  const folders = readdirSync(shop.parts.folder).filter((name) => name.startsWith(`${shop.name}-`));
  const texts = folders
    .flatMap((name) => [name, join(name, CAPTURE_FOLDER)])
    .flatMap((name) => filesIn(join(shop.parts.folder, name)).map((file) => join(name, file)))
    .filter((file) => !file.endsWith(TERMINAL_KEY_FILE))
    .map((file) => readFileSync(join(shop.parts.folder, file)).toString('latin1'))
    .concat(shop.logs);
  const names = [NAME, Buffer.from(NAME).toString('latin1')];
  for (const secret of [GRANT, PICTURE, ...names, ...new Set(shop.taken.map(({ customerNumber }) => customerNumber))]) {
    const isClean = !texts.some((text) => text.includes(secret));
    shop.parts.findings.check('no_plaintext_at_rest', isClean, `${secret} on ${shop.name}`);
  }
}

/** Those directly in it; none where there is no such folder. */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? entry.name : []));
}
