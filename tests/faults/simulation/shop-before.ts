import { createPublicKey } from 'node:crypto';
import { RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { anApplication } from '../../../electron/backend/testing/sync-rig.ts';
import { type OldApplication, writeOldDatabase } from './old-database.ts';
import { digestOf } from './oracle-central.ts';
import { newId, numberOf, remember } from './shop-customers.ts';
import type { Shop } from './shop.ts';
import { GRANT } from './taken.ts';

const rescueKey = createPublicKey(RESCUE_PUBLIC_PEM);

/** What a program before this one left behind. */
export function takeOver(
  shop: Shop,
  { migrations, applications }: { migrations: number; applications: number },
  dataDir: string,
): void {
  const { central, findings } = shop.parts;
  const old: OldApplication[] = Array.from({ length: applications }, (_, at) => {
    const { id, customerNumber } = remember(shop, newId(shop), numberOf(shop, at + 1), { isOld: true });
    return {
      id,
      customerNumber,
      grant: GRANT,
      state: shop.choices.pick(['queued', 'sending'] as const),
      body: (receiptNumber) =>
        anApplication(RESCUE_PUBLIC_PEM, { applicationId: id, customerNumber }).freeze(receiptNumber, null, []),
    };
  });
  const receipts = writeOldDatabase({
    dataDir,
    terminalCode: shop.name,
    migrations,
    rescueKey,
    applications: old,
  });
  findings.try(`database of version ${migrations}`);
  receipts.forEach((receiptNumber, at) => {
    const [taken, one] = [shop.taken[at], old[at]];
    if (taken === undefined || one === undefined) return;
    const body = one.body(receiptNumber);
    taken.receiptNumber = receiptNumber;
    taken.digest = digestOf(body);
    if (one.state === 'sending' && central.fateOf(one.id) === 'accept' && shop.choices.chance(0.5)) {
      central.alreadyHas(one.id, body);
    }
  });
}
