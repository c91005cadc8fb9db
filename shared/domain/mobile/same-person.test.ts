import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { differences, type KnownPerson } from './same-person.ts';

const JIRO: KnownPerson = { name: '高橋次郎', address: '横浜市青葉区見本町7-8-9', bornOn: '1980-04-01' };

describe('other carrier, registration and document', () => {
  it.each([
    ['高橋　次郎', '横浜市青葉区見本町７－８－９'],
    ['高橋 次郎', '横浜市青葉区見本町7丁目8番地9号'],
    ['高橋次郎', '横浜市青葉区 見本町7ー8ー9'],
    ['高橋次郎', '横浜市青葉区見本町7丁目8番9'],
  ])('%s, %s is the same person', (name, address) => {
    expect(differences([JIRO, { ...JIRO, name, address }, JIRO])).toEqual([]);
  });

  it.each<[Partial<KnownPerson>, string[]]>([
    [{ name: '高橋治郎' }, ['name']],
    [{ name: '髙橋次郎' }, ['name']],
    [{ address: '横浜市青葉区見本町7-8-10' }, ['address']],
    [{ address: '横浜市青葉区見本町78-9' }, ['address']],
    [{ bornOn: '1980-04-02' }, ['bornOn']],
    [{ name: 'タカハシジロウ', bornOn: '1981-04-01' }, ['name', 'bornOn']],
  ])('%o differs', (other, fields) => {
    expect(differences([JIRO, JIRO, { ...JIRO, ...other }])).toEqual(fields);
  });

  it('makes nothing of a building whose name has a long vowel', () => {
    const tower = { ...JIRO, address: '横浜市青葉区見本町7-8-9 タワー2号棟101' };
    expect(differences([tower, { ...tower, address: '横浜市青葉区見本町７−８−９タワー２号棟１０１' }])).toEqual([]);
    expect(differences([tower, { ...tower, address: '横浜市青葉区見本町7-8-9 タワ2号棟101' }])).toEqual(['address']);
  });

  it('never depends on which source says it', () => {
    const person = fc.record({
      name: fc.string(),
      address: fc.string(),
      bornOn: fc.constantFrom('1980-04-01', '1980-04-02'),
    });
    fc.assert(
      fc.property(person, person, (one, other) => {
        expect(differences([one, other])).toEqual(differences([other, one]));
        expect(differences([one, one])).toEqual([]);
      }),
    );
  });
});
