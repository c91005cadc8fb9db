import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  areIdentified,
  DOCUMENT_SIDES,
  documentsOn,
  identityPolicySchema,
  type EvidencedFinding,
} from './identity-policy.ts';

const policy = identityPolicySchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/identity/policy.json', import.meta.url), 'utf8')),
);
const DAY = '2026-11-26';
const licence: EvidencedFinding = {
  person: 'contractor',
  evidence: 'staff-eye',
  document: 'drivers-licence',
  sides: ['front', 'back'],
  supplementary: false,
  agrees: ['name', 'address', 'bornOn'],
};
const does = (finding: Partial<EvidencedFinding>, day = DAY) =>
  areIdentified(policy, ['contractor'], [{ ...licence, ...finding }], day);

describe('the identity policy that ships', () => {
  it('takes a document that staff looked at from each side, and that agrees in everything', () => {
    expect(does({})).toBe(true);
    expect(does({ sides: ['front'] })).toBe(false);
    expect(does({ agrees: ['name', 'address'] })).toBe(false);
    expect(does({ agrees: [] })).toBe(false);
  });

  it('wants the front of a My Number card alone, and refuses a policy that wants its back, or a picture', () => {
    const card = { ...licence, document: 'my-number-card', sides: ['front'] } as const;
    expect(does({ ...card, sides: ['front'] })).toBe(true);
    expect(does({ ...card, sides: ['front', 'back'] })).toBe(false);
    const both = [licence, { ...card, sides: DOCUMENT_SIDES.slice() }];
    expect(areIdentified(policy, ['contractor'], both, DAY)).toBe(false);
    const rule = { document: 'my-number-card', supplementary: false };
    const isPolicy = (evidence: string, sides: readonly string[]) => {
      const ways = [{ evidence, attended: true, validFrom: DAY, documents: [{ ...rule, sides }] }];
      return identityPolicySchema.safeParse({ version: '1', ways }).success;
    };
    expect(isPolicy('staff-eye', ['front'])).toBe(true);
    expect(isPolicy('staff-eye', ['front', 'back'])).toBe(false);
    // Laid down the wrong way round, its back would be on the picture.
    expect(isPolicy('picture', ['front'])).toBe(false);
  });

  it('wants another document beside an insurance card', () => {
    expect(does({ document: 'insurance-card' })).toBe(false);
    expect(does({ document: 'insurance-card', supplementary: true })).toBe(true);
  });

  it('takes a picture of each side for proof, one picture for one side, and none where it is not asked for', () => {
    const [front, back] = ['a'.repeat(64), 'b'.repeat(64)] as const;
    const photographed = (pictures: EvidencedFinding['pictures'], more: Partial<EvidencedFinding> = {}) =>
      does({ evidence: 'picture', pictures, ...more });
    const both = [
      { side: 'front' as const, captureId: front },
      { side: 'back' as const, captureId: back },
    ];
    expect(photographed(both)).toBe(true);
    expect(photographed(undefined)).toBe(false);
    expect(photographed(both.slice(1))).toBe(false);
    expect(photographed(both.map((one) => ({ ...one, captureId: front })))).toBe(false);
    expect(does({ pictures: both })).toBe(false);
    const card = { document: 'my-number-card', sides: ['front' as const] } as const;
    expect(photographed(both.slice(0, 1), { ...card, sides: [...card.sides] })).toBe(false);
    expect(photographed(both, { ...card, sides: [...card.sides] })).toBe(false);
    // Its numbers must not be copied.
    expect(photographed(both, { document: 'insurance-card', supplementary: true })).toBe(false);
  });

  it('holds from its first day, and for each person who is asked for', () => {
    expect(does({}, '2026-03-31')).toBe(false);
    expect(documentsOn(policy, 'staff-eye', '2026-04-01')).toHaveLength(6);
    expect(areIdentified(policy, ['contractor', 'user'], [licence], DAY)).toBe(false);
    expect(areIdentified(policy, ['contractor', 'user'], [licence, { ...licence, person: 'user' }], DAY)).toBe(true);
    expect(areIdentified(policy, [], [], DAY)).toBe(true);
  });
});
