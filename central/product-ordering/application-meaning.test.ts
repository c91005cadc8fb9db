import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, withNumberToActivate } from '../../tests/builders/demo.ts';
import type { CustomerFacts } from '../../shared/domain/contract.ts';
import type { Draft } from '../../shared/procedures/procedure.ts';
import { loadProcedure, type ProcedureId } from '../../shared/procedures/registry.ts';
import { meaningOf } from './application-meaning.ts';

const activation = { iccid: 'DN1234567890123456', user: 'contractor' };
const volume = { volume: 'mobile.data-6gb' };
const alone = withNumberToActivate();
const withSecondNumber: CustomerFacts = {
  ...alone,
  contracts: alone.contracts.flatMap((contract) =>
    contract.id === 'c4-voice'
      ? [
          contract,
          { ...contract, id: 'c4-second', characteristics: { ...contract.characteristics, lineNumber: '08033334444' } },
        ]
      : [contract],
  ),
};
const withSecondLine = demoFacts(4, [contractOf(4, 'c4-sim', { id: 'c4-second' })]);

async function meaning(procedureId: ProcedureId, facts: CustomerFacts, answers: Draft) {
  return meaningOf(await loadProcedure(procedureId), contextOf(facts), answers);
}

describe('what an application means when the contracts changed on its way', () => {
  it.each([
    ['mobile.activate-mnp', alone, withSecondNumber, activation],
    ['mobile.change-data', demoFacts(4), withSecondLine, volume],
  ] as const)('holds %s when a second line appeared, of which nobody asked', async (id, before, after, answers) => {
    expect(await meaning(id, before, answers)).toMatchObject({ ok: true });
    expect(await meaning(id, after, answers)).toEqual({
      ok: false,
      error: { kind: 'waits', reason: 'conflict', quote: null },
    });
  });

  it('refuses what leaves out an answer that everybody owes, or that its own answers lead to', async () => {
    for (const answers of [
      { user: 'contractor' },
      { ...activation, user: 'family' },
      { ...activation, line: 'nobody’s' },
    ]) {
      expect(await meaning('mobile.activate-mnp', withSecondNumber, answers)).toEqual({
        ok: false,
        error: { kind: 'never-offered' },
      });
    }
  });
});
