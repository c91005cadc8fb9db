import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LIKENESS } from './face.ts';
import { PERSON_FIELDS } from './mobile/same-person.ts';
import {
  areIdentified,
  type Circumstances,
  DOCUMENT_SIDES,
  documentsOn,
  identityPolicySchema,
  type EvidencedFinding,
  type Place,
  seenDocumentSchema,
} from './identity-policy.ts';

const policy = identityPolicySchema.parse(
  JSON.parse(readFileSync(new URL('../../resources/identity/policy.json', import.meta.url), 'utf8')),
);
const DAY = '2026-11-27';
const licence: EvidencedFinding = {
  person: 'contractor',
  evidence: 'staff-eye',
  document: 'drivers-licence',
  sides: ['front', 'back'],
  supplementary: false,
  agrees: ['name', 'address', 'bornOn'],
  typed: ['bornOn'],
};
const at = (place: Place, day = DAY): Circumstances => ({
  ...{ day, place, isAttended: true },
  known: () => PERSON_FIELDS,
  comparable: () => PERSON_FIELDS,
  mayDiffer: () => true,
  papers: () => [],
});
const does = (finding: Partial<EvidencedFinding>, circumstances = at('kiosk')) =>
  areIdentified(policy, ['contractor'], [{ ...licence, ...finding }], circumstances);

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
    expect(areIdentified(policy, ['contractor'], both, at('kiosk'))).toBe(false);
    const rule = { document: 'my-number-card', supplementary: false };
    const isPolicy = (evidence: string, sides: readonly string[]) => {
      const ways = [
        {
          evidence,
          attended: true,
          typed: { counter: [], kiosk: [] },
          validFrom: DAY,
          documents: [{ ...rule, sides }],
        },
      ];
      return identityPolicySchema.safeParse({ version: '1', ways }).success;
    };
    expect(isPolicy('staff-eye', ['front'])).toBe(true);
    expect(isPolicy('staff-eye', ['front', 'back'])).toBe(false);
    // Laid down the wrong way round, its back would be on the picture.
    expect(isPolicy('picture', ['front'])).toBe(false);
  });

  it.each(['insurance-card', 'residence-card-without-photo'] as const)(
    'wants another document beside one without a photo: %s (p.85)',
    (document) => {
      const seen = { document, validLongEnough: true };
      expect(does(seen)).toBe(false);
      expect(does({ ...seen, supplementary: true })).toBe(true);
    },
  );

  it.each([
    ['residence-card', 'staff-eye'],
    ['residence-card-without-photo', 'staff-eye'],
    ['residence-card', 'picture'],
  ] as const)('wants a %s (%s) to be valid for 90 days still (p.96)', (document, evidence) => {
    expect(documentsOn(policy, evidence, DAY).find((rule) => rule.document === document)?.daysLeft).toBe(90);
    const seen: Partial<EvidencedFinding> = { document, evidence, supplementary: true, pictures: [] };
    if (evidence === 'picture') {
      seen.pictures = (['front', 'thickness', 'back'] as const).map((side, nth) => ({
        side,
        captureId: `${nth}`.repeat(64),
      }));
    }
    expect(does(seen)).toBe(false);
    expect(does({ ...seen, validLongEnough: false })).toBe(false);
    expect(does({ ...seen, validLongEnough: true })).toBe(true);
  });

  it('takes a picture of each side for proof, one picture for one side, and none where it is not asked for', () => {
    const [front, back, tilted] = ['a'.repeat(64), 'b'.repeat(64), 'c'.repeat(64)] as const;
    const photographed = (pictures: EvidencedFinding['pictures'], more: Partial<EvidencedFinding> = {}) =>
      does({ evidence: 'picture', pictures, ...more });
    const both = [
      { side: 'front' as const, captureId: front },
      { side: 'back' as const, captureId: back },
    ];
    const all = [...both, { side: 'thickness' as const, captureId: tilted }];
    expect(photographed(all)).toBe(true);
    expect(photographed(both)).toBe(false);
    expect(photographed(undefined)).toBe(false);
    expect(photographed(all.slice(1))).toBe(false);
    expect(photographed(all.map((one) => ({ ...one, captureId: front })))).toBe(false);
    expect(does({ pictures: all })).toBe(false);
    // A phone's, where the policy takes them.
    const phones = all.map((one) => ({ ...one, byPhone: true as const }));
    expect(photographed(phones)).toBe(true);
    const ways = policy.ways.map((way) => ({ ...way, phonePictures: false }));
    const finding = { ...licence, evidence: 'picture', pictures: phones } as const;
    expect(areIdentified({ ...policy, ways }, ['contractor'], [finding], at('kiosk'))).toBe(false);
    const card = { document: 'my-number-card', sides: ['front' as const] } as const;
    expect(photographed(both.slice(0, 1), { ...card, sides: [...card.sides] })).toBe(false);
    expect(photographed(both, { ...card, sides: [...card.sides] })).toBe(false);
    // Its numbers must not be copied.
    expect(photographed(both, { document: 'insurance-card', supplementary: true })).toBe(false);
    const isPolicy = (evidence: string, sides: readonly string[]) => {
      const documents = [{ document: 'drivers-licence', sides, supplementary: false, thickness: true }];
      const way = { evidence, attended: true, typed: { counter: [], kiosk: [] }, validFrom: DAY, documents };
      return identityPolicySchema.safeParse({ version: '1', ways: [way] }).success;
    };
    expect(isPolicy('picture', ['front'])).toBe(true);
    expect(isPolicy('picture', ['back'])).toBe(false);
    expect(isPolicy('staff-eye', ['front'])).toBe(false);
  });

  it('takes the face of a document’s holder too, wants it of nobody, and decides nothing by what it is like', () => {
    const pictures = (['front', 'thickness', 'back'] as const).map((side, nth) => ({
      side,
      captureId: `${nth}`.repeat(64),
    }));
    const all = [...pictures, { side: 'face' as const, captureId: 'f'.repeat(64) }];
    const photographed = (more: Partial<EvidencedFinding>) => does({ evidence: 'picture', ...more });
    expect(photographed({ pictures })).toBe(true);
    for (const outcome of LIKENESS) {
      const likeness = { method: 'a library', outcome };
      expect(photographed({ pictures: all, likeness })).toBe(true);
      expect(photographed({ pictures: all.slice(1), likeness })).toBe(false);
      expect(photographed({ pictures, likeness })).toBe(false);
    }
    expect(photographed({ pictures: all })).toBe(false);
    const likeness = { method: 'a library', outcome: 'alike' } as const;
    for (const headTilt of [true, false]) {
      expect(photographed({ pictures: all, likeness, headTilt })).toBe(true);
      expect(photographed({ pictures, headTilt })).toBe(false);
    }
    const isPolicy = (evidence: string, rule: { document: string; sides: readonly string[] }) => {
      const documents = [{ ...rule, supplementary: false, face: true }];
      const way = { evidence, attended: true, typed: { counter: [], kiosk: [] }, validFrom: DAY, documents };
      return identityPolicySchema.safeParse({ version: '1', ways: [way] }).success;
    };
    const rule = { document: 'drivers-licence', sides: ['front'] };
    expect(isPolicy('picture', rule)).toBe(true);
    expect(isPolicy('picture', { ...rule, sides: ['back'] })).toBe(false);
    // It has no photo.
    expect(isPolicy('picture', { ...rule, document: 'insurance-card' })).toBe(false);
    expect(isPolicy('picture', { ...rule, document: 'residence-card-without-photo' })).toBe(false);
    expect(isPolicy('staff-eye', rule)).toBe(false);
  });

  it('knows ways that begin and end: what was taken while one held still passes by it', () => {
    const ways = policy.ways.flatMap((way) => [
      { ...way, validUntil: '2026-11-26', typed: { counter: [], kiosk: [] } },
      { ...way, validFrom: DAY },
    ]);
    const from = (day: string, finding: Partial<EvidencedFinding> = {}) =>
      areIdentified({ ...policy, ways }, ['contractor'], [{ ...licence, ...finding }], at('kiosk', day));
    expect([from('2006-03-31'), from('2006-04-01')]).toEqual([false, true]);
    expect([from('2026-11-26', { typed: [] }), from(DAY, { typed: [] }), from(DAY)]).toEqual([true, false, true]);
    expect(documentsOn({ ...policy, ways }, 'staff-eye', DAY)).toEqual(documentsOn(policy, 'staff-eye', DAY));
  });

  it('holds for each person who is asked for', () => {
    expect(areIdentified(policy, ['contractor', 'user'], [licence], at('kiosk'))).toBe(false);
    expect(areIdentified(policy, ['contractor', 'user'], [licence, { ...licence, person: 'user' }], at('kiosk'))).toBe(
      true,
    );
    expect(areIdentified(policy, [], [], at('kiosk'))).toBe(true);
  });

  it('wants what can be typed at that screen typed, unless there is nothing to compare it with', () => {
    expect(does({ typed: [] })).toBe(false);
    expect(does({}, at('counter'))).toBe(false);
    expect(does({ typed: ['name', 'address', 'bornOn'] }, at('counter'))).toBe(true);
    expect(does({}, { ...at('counter'), comparable: () => ['bornOn'] })).toBe(true);
    const { typed: _, ...before } = licence;
    expect(areIdentified(policy, ['contractor'], [before], at('kiosk'))).toBe(false);
    // Nobody says of what isn't known that it agrees.
    const alone = { ...at('counter'), known: () => ['bornOn' as const], comparable: () => ['bornOn' as const] };
    expect(does({ agrees: ['bornOn'] }, alone)).toBe(true);
  });

  it('wants handed over what the application asks for of that person', () => {
    const child = { ...licence, person: 'user' as const };
    const without = {
      ...at('kiosk'),
      papers: (person: string) => (person === 'user' ? ['filtering-refusal' as const] : []),
    };
    const both = (papers: EvidencedFinding['papers']) =>
      areIdentified(policy, ['contractor', 'user'], [licence, { ...child, papers }], without);
    expect(both(undefined)).toBe(false);
    expect(both([])).toBe(false);
    expect(both(['filtering-refusal'])).toBe(true);
    // Handed over for somebody else.
    const others = [{ ...licence, papers: ['filtering-refusal' as const] }, child];
    expect(areIdentified(policy, ['contractor', 'user'], others, without)).toBe(false);
  });

  it('lets staff at the counter pass over a name or an address that differs, with a reason, and nobody else', () => {
    const over: Partial<EvidencedFinding> = {
      ...{ agrees: ['address', 'bornOn'], typed: ['address', 'bornOn'] },
      override: { fields: ['name'], reason: 'variant', note: '' },
    };
    expect(does(over, at('counter'))).toBe(true);
    expect(does(over, at('kiosk'))).toBe(false);
    expect(does(over, { ...at('counter'), mayDiffer: () => false })).toBe(false);
    // It says that it agrees, too.
    expect(does({ ...over, agrees: [...PERSON_FIELDS] }, at('counter'))).toBe(false);
    expect(does({ ...over, agrees: ['bornOn'] }, at('counter'))).toBe(false);
    const isReason = (override: unknown) => seenDocumentSchema.shape.override.safeParse(override).success;
    expect(isReason({ reason: 'other', note: ' ' })).toBe(false);
    expect(isReason({ reason: 'other', note: '戸籍抄本で確認' })).toBe(true);
  });

  it('lets a chip do where nobody is there if the operator says so, and nothing else', () => {
    const alone = { ...at('kiosk'), isAttended: false };
    const chip: Partial<EvidencedFinding> = {
      ...{ evidence: 'ic-chip', document: 'my-number-card', sides: [], typed: [...PERSON_FIELDS] },
    };
    expect(does(chip, alone)).toBe(false);
    const switchedOn = {
      ...policy,
      ways: [
        ...policy.ways,
        {
          ...{ evidence: 'ic-chip' as const, attended: false, validFrom: DAY },
          typed: { counter: [], kiosk: [...PERSON_FIELDS] },
          documents: [{ document: 'my-number-card' as const, sides: [], supplementary: false }],
        },
      ],
    };
    const doesAlone = (finding: Partial<EvidencedFinding>, circumstances = alone) =>
      areIdentified(switchedOn, ['contractor'], [{ ...licence, ...finding }], circumstances);
    expect(doesAlone(chip)).toBe(true);
    expect(does(chip)).toBe(false);
    expect(does({ ...chip, sides: ['front'] })).toBe(true);
    expect(doesAlone({ ...chip, document: 'drivers-licence' })).toBe(false);
    expect(doesAlone({})).toBe(false);
    // By whose eye, where nobody is there?
    expect(doesAlone({ ...chip, typed: ['bornOn'] })).toBe(false);
    const over = { fields: ['name' as const], reason: 'variant' as const, note: '' };
    const differing = { ...chip, agrees: ['address' as const, 'bornOn' as const], override: over };
    expect(doesAlone({ ...differing, typed: ['address', 'bornOn'] }, { ...alone, place: 'counter' })).toBe(false);
    const unattended = (evidence: string, sides: readonly string[]) => {
      const documents = [{ document: 'drivers-licence', sides, supplementary: false }];
      const way = { evidence, attended: false, validFrom: DAY, documents, typed: { counter: [], kiosk: [] } };
      return identityPolicySchema.safeParse({ version: '1', ways: [way] }).success;
    };
    expect(unattended('ic-chip', [])).toBe(true);
    expect(unattended('ic-chip', ['front'])).toBe(false);
    expect(unattended('picture', [])).toBe(false);
  });
});
