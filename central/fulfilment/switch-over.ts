import type { FastifyBaseLogger } from 'fastify';
import { type BusinessDate, businessDate } from '../../shared/domain/business-time.ts';
import { isSwitchedOver } from '../../shared/domain/mobile/activation-time.ts';
import type { Caller } from '../identity/caller.ts';
import type { Clocks, Timers } from '../ports.ts';
import { errorText } from '../start-failure.ts';
import { writeAudit } from '../store/audit.ts';
import { lockCustomer } from '../store/customers.ts';
import { productsOf, saveProduct } from '../store/products.ts';
import type { Database } from '../store/schema.ts';

const SWITCH: Caller = { kind: 'operator', subject: 'port-switch-over', mayWrite: true, operates: false };
const LOOK_EVERY_MS = 60_000;

/**
 * A number that was brought along, and that nobody asked to activate by the day before its reservation ends, is on from
 * that day (manual p.95). Central looks by the business clock, every minute and at its start: whatever it slept through
 * is made up for.
 */
export function startSwitchOver(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly timers: Timers;
  readonly logger: FastifyBaseLogger;
}): { readonly stop: () => Promise<void> } {
  const { db, clocks, timers, logger } = context;
  let cancelTimer: () => void = () => {};
  let stopped = false;
  let idle: Promise<void> = Promise.resolve();
  const look = (): void => {
    idle = switchOver()
      .catch((error: unknown) => logger.error({ error: errorText(error) }, 'switching numbers over failed'))
      .then(() => {
        if (!stopped) cancelTimer = timers.after(LOOK_EVERY_MS, look);
      });
  };

  async function switchOver(): Promise<void> {
    const today = businessDate(clocks.business());
    const waiting = await db
      .selectFrom('products')
      .select('customer_number')
      .where('status', '=', 'pendingActive')
      .groupBy('customer_number')
      .orderBy('customer_number')
      .execute();
    for (const { customer_number: number } of waiting) {
      // One customer's broken product keeps nobody else waiting.
      await switchOverOf(number, today).catch((error: unknown) =>
        logger.error({ error: errorText(error) }, 'switching a number over failed'),
      );
    }
  }

  async function switchOverOf(number: string, today: BusinessDate): Promise<void> {
    await db.transaction().execute(async (transaction) => {
      // An order that activates it, and another central that looks, wait for the same row.
      if ((await lockCustomer(transaction, number)) === null) return;
      for (const row of await productsOf(transaction, number)) {
        const { portExpiresOn, ...settled } = row.contract.characteristics ?? {};
        const isDue = row.contract.status === 'pendingActive' && portExpiresOn !== undefined;
        if (!isDue || !isSwitchedOver(portExpiresOn, today)) continue;
        const contract = {
          ...row.contract,
          status: 'active',
          startedOn: portExpiresOn,
          characteristics: settled,
        } as const;
        await saveProduct(transaction, { ...row, contract });
        await writeAudit(transaction, SWITCH, clocks.system(), {
          action: 'change',
          resource: 'product',
          resourceId: row.id,
          customerNumber: number,
          detail: 'switched over with the end of its reservation',
        });
      }
    });
  }

  look();
  return {
    stop: async () => {
      stopped = true;
      cancelTimer();
      await idle;
    },
  };
}
