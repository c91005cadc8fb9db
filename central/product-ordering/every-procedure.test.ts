import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, demoFacts, realCatalog, TODAY, withNumberToActivate } from '../../tests/builders/demo.ts';
import { anyDraft } from '../../tests/builders/drafts.ts';
import type { CustomerFacts } from '../../shared/domain/contract.ts';
import { chargesNothing } from '../../shared/domain/quote.ts';
import { loadProcedure, PROCEDURE_IDS } from '../../shared/procedures/registry.ts';
import { clocksFrom } from '../ports.ts';
import { freezeOrder } from '../testing/client.ts';
import { checkApplication } from './check-application.ts';

// The drafts' own day: what holds until a day holds from there.
const clocks = clocksFrom(Date.parse(`${TODAY}T12:00:00+09:00`));
const SESSION = '0193a6d2-4c1f-4b7e-9a63-0d2f0c7f2f11';
const unknown: CustomerFacts = { kind: 'unknown', customerNumber: '1000000003' };

describe.each(PROCEDURE_IDS)('any valid draft of %s', (procedureId) => {
  const customers = [...([1, 2, 3, 4, 5, 6, 8] as const).map((number) => demoFacts(number)), withNumberToActivate()];

  it('gives an order that central accepts at the price that the customer saw', async () => {
    const procedure = await loadProcedure(procedureId);
    const able = customers.filter((facts) => procedure.availability(contextOf(facts)).available);
    expect(able.length).toBeGreaterThan(0);
    for (const facts of able) {
      await fc.assert(
        fc.asyncProperty(anyDraft(procedure, contextOf(facts)), async (answers) => {
          const capturedAt = clocks.business();
          const attribution = { kind: 'customer', sessionId: SESSION } as const;
          const order = await freezeOrder({
            catalog: realCatalog,
            facts,
            procedureId,
            answers,
            capturedAt,
            attribution,
          });
          expect(order.productOrderItem.length).toBeGreaterThan(0);
          const issuedAt = { system: clocks.system(), business: clocks.business() };
          const checked = checkApplication({
            ...{ order, application: order.application, procedure, catalog: realCatalog, clocks },
            authority: { issuedAt, validMs: 3_600_000, identity: null },
            customerNumber: facts.customer.number,
            known: facts,
          });
          expect(checked).toMatchObject({ ok: true, value: { state: 'acknowledged', reason: null } });
        }),
        { numRuns: 15 },
      );
    }
  });

  it('says what is known and leaves the total for later where staff have no contracts', async () => {
    const procedure = await loadProcedure(procedureId);
    const context = contextOf(unknown);
    if (!procedure.availability(context).available) return;
    fc.assert(
      fc.property(anyDraft(procedure, context), (draft) => {
        const quote = procedure.quote(context, draft);
        expect(quote).toMatchObject({ ok: true, value: { kind: 'later', currentTotalYen: null } });
        if (quote.ok && quote.value.kind === 'later' && !chargesNothing(quote.value)) {
          expect(quote.value.knownLines.length).toBeGreaterThan(0);
        }
      }),
      { numRuns: 10 },
    );
  });
});
