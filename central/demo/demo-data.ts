import { z } from 'zod';
import { resetWaySchema } from '../../shared/central-api/password-resets.ts';
import { addMonths, type BusinessDate } from '../../shared/domain/business-time.ts';
import { type Catalog, lineTypeSchema, offeringById } from '../../shared/domain/catalog.ts';
import { characteristicsSchema } from '../../shared/domain/characteristics.ts';
import { type Contract, provisionSchema } from '../../shared/domain/contract.ts';
import { accountSchema } from '../../shared/domain/account.ts';
import { yenSchema } from '../../shared/domain/money.ts';
import { staffMemberSchema, staffPinSchema } from '../../shared/domain/staff.ts';

/** central/demo/customers.json: invented people. Dates are relative to the business clock, so that terms stay current. */
export const demoCustomerSchema = z.strictObject({
  number: z.string().regex(/^\d{10}$/),
  /** null: the customer has registered no account. */
  loginId: z.string().nullable(),
  familyName: z.string(),
  givenName: z.string(),
  kana: z.string().regex(/^[ァ-ヾ]+$/),
  dwelling: z.enum(['house', 'flat']),
  phone: z.string().regex(/^\d+$/),
  daytimePhone: z.string().regex(/^\d+$/).optional(),
  address: z.string(),
  /** The mailboxes that the operator keeps for the customer. */
  mailAddresses: z.array(z.email()).optional(),
  /** Without it: by the code. */
  resetWay: resetWaySchema.optional(),
  /** STB and Hit Pot IDs. */
  devices: z.array(z.string().regex(/^[A-Z0-9]+$/)),
  /** The ends of what the customer pays with. */
  payment: z.array(
    z.strictObject({
      kind: z.enum(['bank-account', 'card']),
      lastFour: z.string().regex(/^\d{4}$/),
      /** Months paid by transfer so far. */
      monthsPaid: z.int().min(0).optional(),
    }),
  ),
  contracts: z.array(
    z.strictObject({
      id: z.string(),
      offeringId: z.string(),
      /** Where the customer's price is not today's list price, or the manual shows the total only. */
      monthlyYen: yenSchema.optional(),
      startedMonthsAgo: z.int().min(0),
      /** The term runs since then; without it there is none. */
      termStartedMonthsAgo: z.int().min(0).optional(),
      termMonths: z.int().min(1).optional(),
      provision: provisionSchema.optional(),
      characteristics: characteristicsSchema.optional(),
      /** Of a mobile line: what came with this month and, from the month before, is left of its own. */
      usage: z
        .strictObject({ monthlyMb: z.int(), usedMb: z.int(), carriedMb: z.int(), carriedUsedMb: z.int() })
        .optional(),
    }),
  ),
});
export type DemoCustomer = z.infer<typeof demoCustomerSchema>;

export const demoDataSchema = z.strictObject({
  password: z.string(),
  customers: z.array(demoCustomerSchema),
});

/** central/demo/accounts.json: those of customers who are not there are left out. */
export const demoAccountsSchema = z.array(accountSchema.extend({ customerNumber: z.string() }));

/** central/demo/buildings.json: which lines reach which addresses. */
export const demoBuildingsSchema = z.array(
  z.strictObject({ address: z.string(), lineTypes: z.array(lineTypeSchema).min(1) }),
);

/** central/demo/stock.json: how many of each device there are at first. */
export const demoStockSchema = z.record(z.string(), z.int().min(0));

/** central/demo/staff.json */
export const demoStaffSchema = z.array(staffMemberSchema.extend({ pin: staffPinSchema }));

/** The contracts of a demo customer as of that day. */
export function demoContracts(customer: DemoCustomer, catalog: Catalog, today: BusinessDate): Contract[] {
  return customer.contracts.map((entry) => {
    const offering = offeringById(catalog, entry.offeringId);
    const firstOfMonth = (monthsAgo: number): BusinessDate => addMonths(`${today.slice(0, 8)}01`, -monthsAgo);
    return {
      id: entry.id,
      offeringId: entry.offeringId,
      name: offering.name.ja,
      group: offering.group,
      status: 'active',
      monthlyYen: entry.monthlyYen ?? offering.monthlyYen,
      startedOn: firstOfMonth(entry.startedMonthsAgo),
      term:
        entry.termStartedMonthsAgo === undefined || entry.termMonths === undefined
          ? null
          : { startsOn: firstOfMonth(entry.termStartedMonthsAgo), months: entry.termMonths },
      provision: entry.provision ?? null,
      ...(entry.characteristics === undefined ? {} : { characteristics: entry.characteristics }),
      feeFrom: null,
      changePending: false,
    };
  });
}
