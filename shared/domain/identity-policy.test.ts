import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  areIdentified,
  DOCUMENT_SIDES,
  documentsOn,
  identityPolicySchema,
  type IdentityFinding,
} from './identity-policy.ts';

const policy = identityPolicySchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/identity/policy.json', import.meta.url), 'utf8')),
);
const DAY = '2026-11-26';
const licence: IdentityFinding = {
  person: 'contractor',
  evidence: 'staff-eye',
  document: 'drivers-licence',
  sides: ['front', 'back'],
  supplementary: false,
  agrees: ['name', 'address', 'bornOn'],
};
const does = (finding: Partial<IdentityFinding>, day = DAY) =>
  areIdentified(policy, ['contractor'], [{ ...licence, ...finding }], day);

describe('the identity policy that ships', () => {
  it('takes a document that staff looked at from each side, and that agrees in everything', () => {
    expect(does({})).toBe(true);
    expect(does({ sides: ['front'] })).toBe(false);
    expect(does({ agrees: ['name', 'address'] })).toBe(false);
    expect(does({ agrees: [] })).toBe(false);
  });

  it('wants the front of a My Number card alone, and refuses a policy that wants its back', () => {
    const card = { ...licence, document: 'my-number-card', sides: ['front'] } as const;
    expect(does({ ...card, sides: ['front'] })).toBe(true);
    expect(does({ ...card, sides: ['front', 'back'] })).toBe(false);
    const both = [licence, { ...card, sides: DOCUMENT_SIDES.slice() }];
    expect(areIdentified(policy, ['contractor'], both, DAY)).toBe(false);
    const rule = { document: 'my-number-card', sides: ['front', 'back'], supplementary: false };
    const ways = [{ evidence: 'staff-eye', attended: true, validFrom: DAY, documents: [rule] }];
    expect(identityPolicySchema.safeParse({ version: '1', ways }).success).toBe(false);
  });

  it('wants another document beside an insurance card', () => {
    expect(does({ document: 'insurance-card' })).toBe(false);
    expect(does({ document: 'insurance-card', supplementary: true })).toBe(true);
  });

  it('holds from its first day, and for each person who is asked for', () => {
    expect(does({}, '2026-03-31')).toBe(false);
    expect(documentsOn(policy, '2026-04-01')).toHaveLength(6);
    expect(areIdentified(policy, ['contractor', 'user'], [licence], DAY)).toBe(false);
    expect(areIdentified(policy, ['contractor', 'user'], [licence, { ...licence, person: 'user' }], DAY)).toBe(true);
    expect(areIdentified(policy, [], [], DAY)).toBe(true);
  });
});
