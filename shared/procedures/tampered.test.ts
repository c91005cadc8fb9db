import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contextOf, demoFacts, realCatalog, withNumberToActivate } from '../../tests/builders/demo.ts';
import type { CustomerFacts } from '../domain/contract.ts';
import type { Draft } from './procedure.ts';
import { questionsOf } from './asked.ts';
import { loadProcedure, PROCEDURE_IDS } from './registry.ts';

const customers: CustomerFacts[] = [
  ...([1, 2, 3, 4, 5, 6, 8] as const).map((number) => demoFacts(number)),
  withNumberToActivate(),
  { kind: 'unknown', customerNumber: '1000000003' },
];
const offering = fc.constantFrom(...realCatalog.offerings.map(({ id }) => id));
const contract = fc.constantFrom(
  ...customers.flatMap((facts) => (facts.kind === 'known' ? facts.contracts.map(({ id }) => id) : [])),
);
const word = fc.constantFrom('unchanged', 'purchase', 'end', 'gone.offering', '', '0', '-1', 'constructor');
const value = fc.oneof(offering, contract, word, fc.string({ maxLength: 12 }));
const parts = fc.array(
  fc.oneof(
    value,
    fc.tuple(value, value).map((pair) => pair.join('=')),
  ),
  { maxLength: 3 },
);

/** What arrives may have been made by anybody, or under a catalog that was another. */
describe.each(PROCEDURE_IDS)('whatever is answered to %s', (id) => {
  it('is judged', async () => {
    const procedure = await loadProcedure(id);
    const ids = questionsOf(procedure.steps).map(({ id: question }) => question);
    const draft: fc.Arbitrary<Draft> = fc.dictionary(
      fc.constantFrom(...ids, 'contract', 'strange'),
      fc.oneof(value, parts.map(String)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...customers), draft, (facts, answers) => {
        const context = contextOf(facts);
        const quote = procedure.quote(context, answers);
        // What is no problem is a quote, and what is one isn't.
        if (procedure.availability(context).available) {
          expect(quote.ok).toBe(procedure.problems(context, answers).length === 0);
        }
        expect(procedure.termsFor(context, answers).length).toBeGreaterThanOrEqual(procedure.terms.length);
      }),
      { numRuns: 60 },
    );
  });
});
