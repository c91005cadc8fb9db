import { readFileSync } from 'node:fs';
import { demoContracts, demoDataSchema } from '../../central/demo/demo-data.ts';
import { type Catalog, catalogSchema } from '../../shared/domain/catalog.ts';
import type { Contract, CustomerFacts } from '../../shared/domain/contract.ts';
import type { ProcedureContext } from '../../shared/procedures/procedure.ts';

const root = new URL('../../', import.meta.url);

export const realCatalog: Catalog = catalogSchema.parse(
  JSON.parse(readFileSync(new URL('resources/catalog/catalog.json', root), 'utf8')),
);

export const demo = demoDataSchema.parse(
  JSON.parse(readFileSync(new URL('central/demo/customers.json', root), 'utf8')),
);

export const TODAY = '2026-11-24';
const NOON = Date.parse(`${TODAY}T12:00:00+09:00`);

type DemoNumber = 1 | 2 | 3 | 4 | 5 | 6 | 8;

/** What is known of a demo customer, by the last digit of the customer number; `also` replaces or adds contracts. */
export function demoFacts(
  customer: DemoNumber,
  also: readonly Contract[] = [],
): Extract<CustomerFacts, { kind: 'known' }> {
  const person = demo.customers.find((one) => one.number === `100000000${customer}`);
  if (person === undefined) throw new Error(`no demo customer ${customer}`);
  const own = demoContracts(person, realCatalog, TODAY).filter((one) => !also.some((other) => other.id === one.id));
  return {
    kind: 'known',
    customer: {
      number: person.number,
      name: `${person.familyName} ${person.givenName}`,
      kana: person.kana,
      dwelling: person.dwelling,
      contactEmail: person.loginId,
    },
    contracts: [...own, ...also],
  };
}

export function contractOf(customer: DemoNumber, id: string, overrides: Partial<Contract> = {}): Contract {
  const found = demoFacts(customer).contracts.find((contract) => contract.id === id);
  if (found === undefined) throw new Error(`demo customer ${customer} has no contract ${id}`);
  return { ...found, ...overrides };
}

/** The fourth customer, with a voice line too whose number is to be brought along until that day. */
export function withNumberToActivate(portExpiresOn = '2026-12-08'): Extract<CustomerFacts, { kind: 'known' }> {
  const line = contractOf(4, 'c4-sim', {
    id: 'c4-voice',
    offeringId: 'mobile.voice-3gb',
    monthlyYen: 1_298,
    status: 'pendingActive',
    startedOn: null,
    characteristics: { line: '2', lineNumber: '08011112222', portExpiresOn },
  });
  return demoFacts(4, [line]);
}

export function contextOf(facts: CustomerFacts, overrides: Partial<ProcedureContext> = {}): ProcedureContext {
  return { catalog: realCatalog, facts, today: TODAY, reachesAt: NOON, ...overrides };
}
