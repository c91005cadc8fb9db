import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, demoFacts, realCatalog } from '../../tests/builders/demo.ts';
import { anyDraft } from '../../tests/builders/drafts.ts';
import { loadProcedure, PROCEDURE_IDS } from './registry.ts';

const customers = ([1, 2, 3, 4, 5, 6, 8] as const).map((number) => demoFacts(number));

/** They change what the customer has or how they are reached, and sell nothing. */
const SELL_NOTHING = ['internet.change-ip-type', 'customer.change-contact'];

describe.each(PROCEDURE_IDS.filter((id) => !id.startsWith('mobile.') && !SELL_NOTHING.includes(id)))('%s', (id) => {
  it('sells nothing that was withdrawn after it was chosen', async () => {
    const procedure = await loadProcedure(id);
    for (const facts of customers) {
      const before = contextOf(facts);
      if (!procedure.availability(before).available) continue;
      fc.assert(
        fc.property(anyDraft(procedure, before), (draft) => {
          const changes = procedure.changes(before, draft);
          if (!changes.ok) throw new Error(JSON.stringify(changes.error));
          const had = new Set(facts.contracts.map(({ offeringId }) => offeringId));
          const chosen = changes.value.flatMap((change) => {
            if (change.action === 'delete') return [];
            return change.action === 'modify' && had.has(change.offeringId) ? [] : [change.offeringId];
          });
          fc.pre(chosen.length > 0);
          const offerings = realCatalog.offerings.map((one) =>
            chosen.includes(one.id) ? { ...one, sellable: false } : one,
          );
          const after = contextOf(facts, { catalog: { ...realCatalog, offerings } });
          const isOffered = procedure.availability(after).available && procedure.problems(after, draft).length === 0;
          expect(isOffered, chosen.join()).toBe(false);
        }),
        { numRuns: 10 },
      );
    }
  });
});
