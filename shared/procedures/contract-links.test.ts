import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, withNumberToActivate } from '../../tests/builders/demo.ts';
import type { Contract, CustomerFacts } from '../domain/contract.ts';
import type { ProcedureId } from './registry.ts';
import { linksOf } from './contract-links.ts';

const IDS: readonly ProcedureId[] = ['mobile.usage', 'mobile.change-data', 'mobile.activate-mnp', 'tv.options'];
const OPEN = IDS.map((id) => ({ id, unavailable: null }));
const PREPARED = [
  { id: 'mobile.usage', unavailable: 'unavailable:line-in-preparation' },
  { id: 'mobile.change-data', unavailable: 'unavailable:line-in-preparation' },
];
const sim = (overrides: Partial<Contract>): Contract => contractOf(4, 'c4-sim', overrides);
const links = (contract: Contract, facts: CustomerFacts) => linksOf(contextOf(facts), contract, OPEN);

describe('what the card of a mobile line leads to', () => {
  const facts = withNumberToActivate();
  const own = (id: string): Contract => {
    const found = facts.contracts.find((contract) => contract.id === id);
    if (found === undefined) throw new Error(`${id} is not contracted`);
    return found;
  };

  it('is no activation of another line, from one in use', () => {
    expect(links(own('c4-sim'), facts).map(({ id }) => id)).toEqual(['mobile.usage', 'mobile.change-data']);
  });

  it('is nothing that would open for another line, from one in preparation', () => {
    expect(links(own('c4-voice'), facts)).toEqual([...PREPARED, { id: 'mobile.activate-mnp', unavailable: null }]);
  });

  it('is no activation where that line brings no number along', () => {
    const data = sim({ id: 'data', status: 'pendingActive' });
    expect(links(data, { ...facts, contracts: [...facts.contracts, data] })).toEqual(PREPARED);
  });

  it('is nothing from a line that is neither in use nor to be', () => {
    const ending = sim({ status: 'pendingTerminate' });
    expect(links(ending, demoFacts(4))).toEqual([]);
  });
});
