import { addDays, addMonths, type BusinessDate, firstOfNextMonth } from '../../shared/domain/business-time.ts';
import { type Catalog, offeringById } from '../../shared/domain/catalog.ts';
import { hashPassword } from '../identity/sign-in.ts';
import { type StoredContract, saveProduct } from '../store/products.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { saveUsageReport } from '../usage-consumption/usage-reports.ts';
import { shopSchema } from '../terminals/terminal-store.ts';
import accounts from './accounts.json' with { type: 'json' };
import buildings from './buildings.json' with { type: 'json' };
import customers from './customers.json' with { type: 'json' };
import {
  type DemoCustomer,
  demoAccountsSchema,
  demoBuildingsSchema,
  demoDataSchema,
  demoStaffSchema,
  demoStockSchema,
} from './demo-data.ts';
import shops from './shops.json' with { type: 'json' };
import staff from './staff.json' with { type: 'json' };
import stock from './stock.json' with { type: 'json' };

/** Puts the demo's shop, staff and customers in, each once: what became of them since stays. @param today business date */
export async function seedDemo(db: Database, catalog: Catalog, today: BusinessDate): Promise<void> {
  await seedShops(db);
  await seedStaff(db);
  await seedBuildings(db);
  await seedStock(db, today);
  const { password, customers: people } = demoDataSchema.parse(customers);
  const present = new Set((await db.selectFrom('customers').select('number').execute()).map(({ number }) => number));
  const missing = people.filter(({ number }) => !present.has(number));
  if (missing.length > 0) {
    const passwordHash = await hashPassword(password);
    for (const person of missing) await seedCustomer(db, catalog, person, passwordHash, today);
  }
  for (const { number, devices, payment } of people) {
    await seedDevices(db, number, devices);
    await seedPayment(db, number, payment);
  }
  await seedAccounts(db, new Set(people.map(({ number }) => number)), password);
}

async function seedAccounts(db: Database, customerNumbers: ReadonlySet<string>, password: string): Promise<void> {
  const present = new Set((await db.selectFrom('service_accounts').select('id').execute()).map(({ id }) => id));
  const missing = demoAccountsSchema
    .parse(accounts)
    .filter(({ id, customerNumber }) => customerNumbers.has(customerNumber) && !present.has(id));
  if (missing.length === 0) return;
  const password_hash = await hashPassword(password);
  for (const { customerNumber, ...account } of missing) {
    await db
      .insertInto('service_accounts')
      .values({ ...account, customer_number: customerNumber, password_hash })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

async function seedDevices(db: Database, customer_number: string, devices: readonly string[]): Promise<void> {
  for (const id of devices) {
    await db
      .insertInto('customer_devices')
      .values({ id, customer_number })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

async function seedPayment(db: Database, customer_number: string, payment: DemoCustomer['payment']): Promise<void> {
  for (const { kind, lastFour, monthsPaid } of payment) {
    await db
      .insertInto('payment_endings')
      .values({ customer_number, kind, last_four: lastFour, months_paid: monthsPaid ?? 0 })
      .onConflict((conflict) => conflict.columns(['customer_number', 'kind']).doNothing())
      .execute();
  }
}

async function seedBuildings(db: Database): Promise<void> {
  for (const { address, lineTypes } of demoBuildingsSchema.parse(buildings)) {
    await db
      .insertInto('buildings')
      .values({ address, line_types: JSON.stringify(lineTypes) })
      .onConflict((conflict) => conflict.column('address').doNothing())
      .execute();
  }
}

/** @param today business date */
async function seedStock(db: Database, today: BusinessDate): Promise<void> {
  for (const [offering_id, available] of Object.entries(demoStockSchema.parse(stock))) {
    await db
      .insertInto('product_stocks')
      .values({ id: offering_id, offering_id, available, updated_at: new Date(`${today}T00:00:00+09:00`) })
      .onConflict((conflict) => conflict.column('offering_id').doNothing())
      .execute();
  }
}

async function seedShops(db: Database): Promise<void> {
  for (const shop of shopSchema.array().parse(shops)) {
    await db
      .insertInto('shops')
      .values(shop)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute();
  }
}

async function seedStaff(db: Database): Promise<void> {
  const present = new Set((await db.selectFrom('staff').select('number').execute()).map(({ number }) => number));
  for (const { pin, ...member } of demoStaffSchema.parse(staff)) {
    if (present.has(member.number)) continue;
    await db
      .insertInto('staff')
      .values({ ...member, active: true, pin_hash: await hashPassword(pin) })
      .onConflict((conflict) => conflict.column('number').doNothing())
      .execute();
  }
}

async function seedCustomer(
  db: Database,
  catalog: Catalog,
  person: DemoCustomer,
  passwordHash: string,
  today: BusinessDate,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    const inserted = await transaction
      .insertInto('customers')
      .values({
        number: person.number,
        individual_id: `individual-${person.number}`,
        full_name: `${person.familyName} ${person.givenName}`,
        family_name: person.familyName,
        given_name: person.givenName,
        kana: person.kana,
        dwelling: person.dwelling,
        contact_email: person.loginId,
        phone: person.phone,
        address: person.address,
        daytime_phone: person.daytimePhone ?? null,
        mail_addresses: person.mailAddresses ?? [],
        ...(person.resetWay === undefined ? {} : { reset_way: person.resetWay }),
      })
      .onConflict((conflict) => conflict.column('number').doNothing())
      .executeTakeFirst();
    // Another central of the same database was faster.
    if (inserted.numInsertedOrUpdatedRows === 0n) return;
    if (person.loginId !== null) {
      await transaction
        .insertInto('digital_identities')
        .values({ login_id: person.loginId, customer_number: person.number, password_hash: passwordHash })
        .execute();
    }
    for (const one of person.contracts) {
      const contract = demoContract(catalog, one, today);
      await saveProduct(transaction, { id: one.id, customer_number: person.number, contract, order_items: [] });
      if (one.usage !== undefined) await seedUsage(transaction, person.number, one.id, one.usage, today);
    }
  });
}

/** What was carried over ends with this month, what came with it at the end of the next (p.102). */
async function seedUsage(
  transaction: DatabaseTransaction,
  customerNumber: string,
  productId: string,
  usage: NonNullable<DemoCustomer['contracts'][number]['usage']>,
  today: BusinessDate,
): Promise<void> {
  const next = firstOfNextMonth(today);
  await saveUsageReport(transaction, {
    product_id: productId,
    customer_number: customerNumber,
    effective_at: new Date(`${today}T00:00:00+09:00`),
    buckets: [
      { kind: 'monthly', expiresOn: addDays(next, -1), grantedMb: usage.carriedMb, usedMb: usage.carriedUsedMb },
      {
        kind: 'monthly',
        expiresOn: addDays(firstOfNextMonth(next), -1),
        grantedMb: usage.monthlyMb,
        usedMb: usage.usedMb,
      },
    ],
  });
}

function demoContract(catalog: Catalog, one: DemoCustomer['contracts'][number], today: BusinessDate): StoredContract {
  const offering = offeringById(catalog, one.offeringId);
  const { termStartedMonthsAgo, termMonths } = one;
  return {
    id: one.id,
    offeringId: offering.id,
    name: offering.name.ja,
    group: offering.group,
    status: 'active',
    monthlyYen: one.monthlyYen ?? offering.monthlyYen,
    startedOn: firstOfMonth(addMonths(today, -one.startedMonthsAgo)),
    term:
      termStartedMonthsAgo === undefined || termMonths === undefined
        ? null
        : { startsOn: firstOfMonth(addMonths(today, -termStartedMonthsAgo)), months: termMonths },
    provision: one.provision ?? null,
    ...(one.characteristics === undefined ? {} : { characteristics: one.characteristics }),
    feeFrom: null,
  };
}

function firstOfMonth(date: BusinessDate): BusinessDate {
  return `${date.slice(0, 8)}01`;
}
