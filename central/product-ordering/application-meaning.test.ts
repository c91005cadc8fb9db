import { describe, expect, it } from 'vitest';
import { contextOf, contractOf, demoFacts, realCatalog, withNumberToActivate } from '../../tests/builders/demo.ts';
import type { Contract, CustomerFacts } from '../../shared/domain/contract.ts';
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
  return meaningOf(await loadProcedure(procedureId), contextOf(facts), answers, realCatalog.version);
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

  const offering = (offeringId: string, more: Partial<Contract> = {}): Contract =>
    contractOf(3, 'c3-tbs1', { id: `x-${offeringId}`, offeringId, ...more });
  const tv = (offeringId: string) => demoFacts(3, [contractOf(3, 'c3-tv', { offeringId })]);
  const ipType = (type: 'global' | 'private') =>
    demoFacts(3, [contractOf(3, 'c3-net', { characteristics: { ipType: type } })]);

  it.each([
    // A rule that the customer's answers came to break.
    [
      'tv.options',
      demoFacts(6, [offering('tv.mini-hitpot')]),
      demoFacts(6, [offering('tv.mini-hitpot'), offering('tv-channel.tbs-1')]),
      { channels: 'tv-channel.tbs-set', end: '', start: 'tv-channel.tbs-set=next-day' },
    ],
    [
      'home.add-devices',
      demoFacts(8),
      { ...demoFacts(8), contracts: demoFacts(8).contracts.filter((one) => one.offeringId !== 'home.controller') },
      { rented: 'home.speaker=1', bought: '' },
    ],
    [
      'internet.change-course',
      demoFacts(3),
      demoFacts(3, [contractOf(3, 'c3-net', { offeringId: 'internet.wide' })]),
      { course: 'internet.wide', modem: 'unchanged', provision: 'unchanged' },
    ],
    // A choice in words that is no longer there.
    ['tv.magazine', demoFacts(3, [offering('tv.magazine')]), demoFacts(3), { magazine: 'end' }],
    ['tv.magazine', demoFacts(3), demoFacts(3, [offering('tv.magazine')]), { magazine: 'subscribe' }],
    ['nhk.apply', demoFacts(3, [offering('nhk.2-months')]), demoFacts(3), { payment: 'end' }],
    ['internet.change-ip-type', ipType('private'), ipType('global'), { ipType: 'global' }],
    // A course of the other list.
    ['tv.change-course', tv('tv.mini-stb'), tv('tv.standard-hitpot'), { course: 'tv.big-bd', channels: '' }],
  ] as const)('holds %s when what the customer has became another', async (id, before, after, answers) => {
    expect(await meaning(id, before, answers)).toMatchObject({ ok: true });
    expect(await meaning(id, after, answers)).toEqual({
      ok: false,
      error: { kind: 'waits', reason: 'conflict', quote: null },
    });
  });

  it.each([
    ['tv.options', demoFacts(3), { channels: '', end: '' }],
    [
      'tv.options',
      demoFacts(6, [offering('tv.mini-hitpot')]),
      {
        channels: 'tv-channel.tbs-set,tv-channel.tbs-1',
        start: 'tv-channel.tbs-set=next-day,tv-channel.tbs-1=next-day',
      },
    ],
    ['home.apply', demoFacts(6), { gateway: 'rental', rented: 'home.speaker=1', bought: '' }],
    ['tv.magazine', demoFacts(3), { magazine: 'burn' }],
    ['nhk.apply', demoFacts(3), { payment: 'subscribe' }],
    ['tv.options', demoFacts(3), { channels: 'tv-channel.kbs,tv-channel.kbs', end: '', start: '' }],
    ['home.add-devices', demoFacts(8), { rented: 'home.light=-1', bought: '' }],
  ] as const)('refuses from %s what nobody could ever have given', async (id, facts, answers) => {
    expect(await meaning(id, facts, answers)).toEqual({ ok: false, error: { kind: 'never-offered' } });
  });

  it('holds what is not in the catalog any more, unless the customer chose from this very one', async () => {
    const procedure = await loadProcedure('internet.apply');
    const answers = { course: 'internet.gone', modem: 'modem.gone', provision: 'rental' };
    const from = (version: string) => meaningOf(procedure, contextOf(demoFacts(6)), answers, version);
    expect(from('2026-01-01.1')).toEqual({ ok: false, error: { kind: 'waits', reason: 'conflict', quote: null } });
    expect(from(realCatalog.version)).toEqual({ ok: false, error: { kind: 'never-offered' } });
  });

  it('holds what names a contract that was taken out of the inventory meanwhile', async () => {
    const held = { ok: false, error: { kind: 'waits', reason: 'conflict', quote: null } };
    const two = demoFacts(3, [contractOf(3, 'c3-net', { id: 'second', offeringId: 'internet.wide' })]);
    const change = { contract: 'second', course: 'internet.plus', modem: 'unchanged', provision: 'unchanged' };
    expect(await meaning('internet.change-course', two, change)).toMatchObject({ ok: true });
    expect(await meaning('internet.change-course', demoFacts(3), change)).toEqual(held);
    const line = { ...volume, line: 'c4-second' };
    expect(await meaning('mobile.change-data', withSecondLine, line)).toMatchObject({ ok: true });
    expect(await meaning('mobile.change-data', demoFacts(4), line)).toEqual(held);
  });

  it('holds what was typed and came not to fit, and refuses what never could be', async () => {
    const typed = { ...activation, number: '08099998888' };
    expect(await meaning('mobile.activate-mnp', alone, typed)).toEqual({
      ok: false,
      error: { kind: 'waits', reason: 'conflict', quote: null },
    });
    // As a terminal of before took it.
    expect(await meaning('mobile.activate-mnp', alone, { ...typed, iccid: 'DN123456789012345678' })).toMatchObject({
      error: { kind: 'waits' },
    });
    expect(await meaning('mobile.activate-mnp', alone, { ...typed, iccid: '8981100000000000' })).toMatchObject({
      error: { kind: 'waits' },
    });
    expect(await meaning('mobile.activate-mnp', alone, { ...typed, iccid: 'XX' })).toEqual({
      ok: false,
      error: { kind: 'never-offered' },
    });
  });

  it('refuses what leaves out an answer that everybody owes, or that its own answers lead to', async () => {
    for (const answers of [{ user: 'contractor' }, { ...activation, user: 'family' }]) {
      expect(await meaning('mobile.activate-mnp', withSecondNumber, answers)).toEqual({
        ok: false,
        error: { kind: 'never-offered' },
      });
    }
  });
});
