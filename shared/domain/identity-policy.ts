import { z } from 'zod';
import { captureHashSchema } from '../central-api/captures.ts';
import { type BusinessDate, businessDateSchema } from './business-time.ts';
import { LIKENESS } from './face.ts';
import { PERSON_FIELDS, type PersonField } from './mobile/same-person.ts';
import { staffNumberSchema } from './staff.ts';

/** Whose identity an application may ask for: who contracts, and who uses what is contracted. */
export const IDENTIFIED_PERSONS = ['contractor', 'user'] as const;
export type IdentifiedPerson = (typeof IDENTIFIED_PERSONS)[number];

/** 本人確認書類 (p.85, 96) */
export const IDENTITY_DOCUMENTS = [
  'drivers-licence',
  'driving-record',
  'passport',
  'residence-card',
  'residence-card-without-photo',
  'my-number-card',
  'insurance-card',
] as const;
export const identityDocumentSchema = z.enum(IDENTITY_DOCUMENTS);
export type IdentityDocument = z.infer<typeof identityDocumentSchema>;

const PHOTOLESS: readonly IdentityDocument[] = ['residence-card-without-photo', 'insurance-card'];
/** Whether its front shows its holder. */
export const hasPhoto = (document: IdentityDocument): boolean => !PHOTOLESS.includes(document);

export const DOCUMENT_SIDES = ['front', 'back'] as const;
export type DocumentSide = (typeof DOCUMENT_SIDES)[number];

/**
 * What a picture of a document shows: one of its sides, or its edge, for which it is held tilted.
 */
export const PICTURE_KINDS = [...DOCUMENT_SIDES, 'thickness'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

/** What a picture of the identity check shows at all: that, or the document's holder. */
export const PHOTOGRAPHED = [...PICTURE_KINDS, 'face'] as const;
export type Photographed = (typeof PHOTOGRAPHED)[number];

/**
 * By what it is proved. `staff-eye`: staff held the original in their hands; `picture`: and it was photographed too;
 * `ic-chip`: its chip was read, opened by the holder's PIN.
 */
const evidenceSchema = z.enum(['staff-eye', 'picture', 'ic-chip']);
export type Evidence = z.infer<typeof evidenceSchema>;

const documentRuleSchema = z
  .strictObject({
    document: identityDocumentSchema,
    /** That somebody of the staff looks at. */
    sides: z.array(z.enum(DOCUMENT_SIDES)),
    /** Only together with 補助書類 that shows name and address. */
    supplementary: z.boolean(),
    /** It is to be valid for so many days still, which staff read off it (在留カード, p.96). */
    daysLeft: z.int().min(1).optional(),
    /** A card: it is photographed tilted, too. */
    thickness: z.boolean().optional(),
    /** Its holder may be photographed too, and is compared with the photo on its front. */
    face: z.boolean().optional(),
  })
  // What stands on its back must be seen by nobody.
  .refine(({ document, sides }) => document !== 'my-number-card' || !sides.includes('back'), {
    message: 'the back of a My Number card is never looked at',
  })
  .refine(({ sides, thickness }) => !thickness || sides.includes('front'), {
    message: 'a tilted picture is compared with the front',
  })
  .refine(({ document, sides, face }) => !face || (sides.includes('front') && hasPhoto(document)), {
    message: 'a face is compared with the photo on the front',
  });
export type DocumentRule = z.infer<typeof documentRuleSchema>;

/**
 * Where staff compare: at their own terminal, whose keyboard writes anything, with a customer whose session they opened;
 * or called to the screen of a customer who signed in alone, where no kanji can be typed.
 */
export type Place = 'counter' | 'kiosk';

const fieldsSchema = z.array(z.enum(PERSON_FIELDS));

/** `resources/identity/policy.json`: how identity may be proved, as the law and the operator have it. */
export const identityPolicySchema = z.strictObject({
  version: z.string().min(1),
  ways: z.array(
    z
      .strictObject({
        evidence: evidenceSchema,
        /** true: somebody of the shop's staff is there. */
        attended: z.boolean(),
        validFrom: businessDateSchema,
        validUntil: businessDateSchema.optional(),
        documents: z.array(documentRuleSchema).min(1),
        /** Pictures may come from the customer's own phone. */
        phonePictures: z.boolean().optional(),
        /** What is typed off the document, or read from its chip, for the program to compare; the rest is by eye. */
        typed: z.strictObject({ counter: fieldsSchema, kiosk: fieldsSchema }),
      })
      // Whoever lays it down the wrong way round would have its number photographed: nothing here tells front from back.
      .refine(
        ({ evidence, documents }) =>
          evidence !== 'picture' || documents.every(({ document }) => document !== 'my-number-card'),
        { message: 'a My Number card is never photographed' },
      )
      .refine(
        ({ evidence, documents }) =>
          evidence === 'picture' || documents.every(({ thickness, face }) => !thickness && !face),
        { message: 'only what is photographed is photographed tilted, or with its holder' },
      )
      .refine(({ attended, documents }) => documents.every(({ sides }) => sides.length > 0 === attended), {
        message: 'sides are looked at where somebody of the staff is there, and nowhere else',
      })
      .refine(({ attended, documents }) => attended || documents.every(({ daysLeft }) => daysLeft === undefined), {
        message: 'how long a document is valid for somebody of the staff reads off it',
      })
      .refine(({ attended, evidence }) => attended || evidence === 'ic-chip', {
        message: 'where nobody is there, only a chip proves anything',
      }),
  ),
});
export type IdentityPolicy = z.infer<typeof identityPolicySchema>;

/** Where a document says something else than the application, and it is the same person all the same. */
export const OVERRIDE_REASONS = ['variant', 'notation', 'moved', 'renamed', 'other'] as const;

/** A day of birth is entered with the application, so it is put right rather than passed over. */
export const OVERRIDABLE_FIELDS = ['name', 'address'] as const satisfies readonly PersonField[];

export const OVERRIDE_NOTE_LENGTH = 200;
const overrideReasonSchema = z
  .strictObject({ reason: z.enum(OVERRIDE_REASONS), note: z.string().trim().max(OVERRIDE_NOTE_LENGTH) })
  .refine(({ reason, note }) => reason !== 'other' || note !== '', { message: 'another reason is written out' });
export type OverrideReason = z.infer<typeof overrideReasonSchema>;

/** What staff have to be given beside a document: フィルタリング不要の申出書 of a minor's parent. */
const IDENTITY_PAPERS = ['filtering-refusal'] as const;
export type IdentityPaper = (typeof IDENTITY_PAPERS)[number];

const seenShape = {
  person: z.enum(IDENTIFIED_PERSONS),
  evidence: evidenceSchema,
  document: identityDocumentSchema,
  sides: z.array(z.enum(DOCUMENT_SIDES)),
  /** 補助書類 was shown too. */
  supplementary: z.boolean(),
  /** It is valid for as long as the policy wants of it; nothing where it wants nothing. */
  validLongEnough: z.boolean().optional(),
  /** What else was handed over; nothing at terminals that asked for none. */
  papers: z.array(z.enum(IDENTITY_PAPERS)).optional(),
};

export const SAYS_LENGTH = 200;
/** What staff say they saw, before any of it was compared by the program. */
export const seenDocumentSchema = z.strictObject({
  ...seenShape,
  /** What agrees with the application, by eye. */
  agrees: fieldsSchema,
  /** What stands on the document, typed off it. It is compared, and kept nowhere. */
  says: z.partialRecord(z.enum(PERSON_FIELDS), z.string().max(SAYS_LENGTH)),
  /** null: nothing that differs is passed over. */
  override: overrideReasonSchema.nullable(),
});
export type SeenDocument = z.infer<typeof seenDocumentSchema>;

/** What a chip says of the document's holder. */
export const chipSaysSchema = z.strictObject({
  name: z.string().min(1).max(SAYS_LENGTH),
  address: z.string().min(1).max(SAYS_LENGTH),
  bornOn: businessDateSchema,
});
export type ChipSays = z.infer<typeof chipSaysSchema>;

/** What was found about one person. The document's kind is kept, never its number, its words or a copy of it. */
const identityFindingSchema = z.strictObject({
  ...seenShape,
  /** What agrees with the application. */
  agrees: fieldsSchema,
  /** Which of it the program compared; nothing at terminals that had no such comparison. */
  typed: fieldsSchema.optional(),
  /** What differs, and why staff passed over it. */
  override: overrideReasonSchema.safeExtend({ fields: z.array(z.enum(OVERRIDABLE_FIELDS)).min(1) }).optional(),
  /** Its chip was a sample's: it proves nothing but in a demo. */
  simulated: z.literal(true).optional(),
});

/** What a picture of the identity check shows. */
export const pictureSubjectSchema = z.strictObject({
  person: z.enum(IDENTIFIED_PERSONS),
  document: identityDocumentSchema,
  side: z.enum(PHOTOGRAPHED),
});
export type PictureSubject = z.infer<typeof pictureSubjectSchema>;

/** With the pictures that the terminal has of it: the page can claim none. */
const evidencedFindingSchema = identityFindingSchema.extend({
  pictures: z
    .array(
      z.strictObject({
        side: z.enum(PHOTOGRAPHED),
        captureId: captureHashSchema,
        /** The customer's phone took it, and not the terminal. */
        byPhone: z.literal(true).optional(),
      }),
    )
    .max(PHOTOGRAPHED.length)
    .optional(),
  /** Of the holder's face where there is a picture of it, and by what that was found. */
  likeness: z.strictObject({ method: z.string().min(1).max(40), outcome: z.enum(LIKENESS) }).optional(),
  /**
   * かたむきチェック (p.96): whether the head was seen tilted as it was asked for. Nothing where nobody looked: without a
   * face, where the customer didn't want to, and at terminals that had no such check.
   */
  headTilt: z.boolean().optional(),
});
export type EvidencedFinding = z.infer<typeof evidencedFindingSchema>;

/** On record with the application. */
export const identityCheckSchema = evidencedFindingSchema.extend({
  /** Without it nobody was there. */
  staffNumber: staffNumberSchema.optional(),
  checkedAt: z.iso.datetime(),
  policyVersion: z.string().min(1),
});
export type IdentityCheck = z.infer<typeof identityCheckSchema>;

/** The ways to prove identity that hold on that day. */
function waysOn(
  policy: IdentityPolicy,
  evidence: Evidence,
  day: BusinessDate,
  isAttended: boolean,
): IdentityPolicy['ways'] {
  return policy.ways
    .filter((way) => way.attended === isAttended && way.evidence === evidence)
    .filter(({ validFrom, validUntil }) => validFrom <= day && day <= (validUntil ?? day));
}

/** The documents that do on that day with that evidence; somebody of the staff is there unless it says otherwise. */
export function documentsOn(
  policy: IdentityPolicy,
  evidence: Evidence,
  day: BusinessDate,
  isAttended = true,
): DocumentRule[] {
  return waysOn(policy, evidence, day, isAttended).flatMap(({ documents }) => documents);
}

/** The pictures that have to be there of it, in the order in which they are taken. */
export function picturesOf({ sides, thickness = false }: DocumentRule): readonly PictureKind[] {
  return sides.flatMap((side) => (side === 'front' && thickness ? [side, 'thickness'] : [side]));
}

/** What a picture of it was found to be holds for the front that it was compared with. */
export const isComparedWithFront = (side: Photographed): boolean => side === 'thickness' || side === 'face';

/** Of which the pictures may come from the customer's own phone on that day; a face never does. */
export function documentsByPhone(policy: IdentityPolicy, day: BusinessDate): DocumentRule[] {
  return waysOn(policy, 'picture', day, true)
    .filter(({ phonePictures }) => phonePictures === true)
    .flatMap(({ documents }) => documents.map(({ face: _, ...rule }) => rule));
}

/** Under what circumstances somebody's identity was checked. */
export interface Circumstances {
  readonly day: BusinessDate;
  readonly place: Place;
  /** Somebody of the staff answers for it. */
  readonly isAttended: boolean;
  /** What the application, or our record, says of that person at all: the rest agrees with nothing. */
  known(person: IdentifiedPerson): readonly PersonField[];
  /** Of it, what the program can compare: a reading says nothing of a name in kanji. */
  comparable(person: IdentifiedPerson): readonly PersonField[];
  /** Whether what is applied for leaves room for a difference that staff pass over. */
  mayDiffer(person: IdentifiedPerson): boolean;
  /** What has to be handed over for that person beside the document. */
  papers(person: IdentifiedPerson): readonly IdentityPaper[];
}

/** What the program compares of that document there. */
export function fieldsToCompare(
  policy: IdentityPolicy,
  { evidence, document }: Pick<SeenDocument, 'evidence' | 'document'>,
  person: IdentifiedPerson,
  { day, place, isAttended, comparable }: Omit<Circumstances, 'mayDiffer' | 'papers'>,
): readonly PersonField[] {
  const way = waysOn(policy, evidence, day, isAttended).find(({ documents }) =>
    documents.some((rule) => rule.document === document),
  );
  return way === undefined ? [] : way.typed[place].filter((field) => comparable(person).includes(field));
}

/** Whether every person is proved as the policy wants it under these circumstances, and nothing else was found. */
export function areIdentified(
  policy: IdentityPolicy,
  persons: readonly IdentifiedPerson[],
  findings: readonly EvidencedFinding[],
  circumstances: Circumstances,
): boolean {
  return (
    findings.every((finding) => isFoundAs(policy, finding, circumstances)) &&
    persons.every((person) => findings.some((finding) => finding.person === person))
  );
}

function isFoundAs(policy: IdentityPolicy, finding: EvidencedFinding, circumstances: Circumstances): boolean {
  const { person, evidence, agrees, typed = [], override, pictures = [], papers = [] } = finding;
  // Who answers for passing over a difference is there, and looks after the customer from the start.
  const mayOverride = circumstances.isAttended && circumstances.place === 'counter' && circumstances.mayDiffer(person);
  if (override !== undefined && !mayOverride) return false;
  const overridden: readonly PersonField[] = override?.fields ?? [];
  const compared = [...typed, ...overridden];
  const isByPhone = pictures.some(({ byPhone }) => byPhone);
  return (
    documentsOn(policy, evidence, circumstances.day, circumstances.isAttended).some((rule) => isProof(finding, rule)) &&
    circumstances.papers(person).every((paper) => papers.includes(paper)) &&
    (!isByPhone || documentsByPhone(policy, circumstances.day).some(({ document }) => document === finding.document)) &&
    circumstances.known(person).every((field) => agrees.includes(field) !== overridden.includes(field)) &&
    // Nobody looks at the rest where nobody is there.
    (circumstances.isAttended || PERSON_FIELDS.every((field) => typed.includes(field))) &&
    fieldsToCompare(policy, finding, person, circumstances).every((field) => compared.includes(field))
  );
}

function isProof(finding: EvidencedFinding, rule: DocumentRule): boolean {
  const { evidence, pictures = [], likeness, headTilt } = finding;
  const shown = pictures.map(({ side }) => side);
  const hasFace = shown.includes('face');
  return (
    finding.document === rule.document &&
    isSame(finding.sides, rule.sides) &&
    (finding.supplementary || !rule.supplementary) &&
    (finding.validLongEnough === true || rule.daysLeft === undefined) &&
    isSame(shown, evidence === 'picture' ? picturesOf(rule) : []) &&
    // Nobody has to be photographed; and what a face was found to be like decides nothing.
    (!hasFace || rule.face === true) &&
    hasFace === (likeness !== undefined) &&
    (hasFace || headTilt === undefined) &&
    // One picture shows one thing.
    new Set(pictures.map(({ captureId }) => captureId)).size === pictures.length
  );
}

function isSame(some: readonly Photographed[], others: readonly PictureKind[]): boolean {
  return PICTURE_KINDS.every((side) => some.includes(side) === others.includes(side));
}
