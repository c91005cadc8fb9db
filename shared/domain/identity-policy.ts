import { z } from 'zod';
import { captureHashSchema } from '../central-api/captures.ts';
import { type BusinessDate, businessDateSchema } from './business-time.ts';
import { PERSON_FIELDS } from './mobile/same-person.ts';
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
  'my-number-card',
  'insurance-card',
] as const;
const identityDocumentSchema = z.enum(IDENTITY_DOCUMENTS);
export type IdentityDocument = z.infer<typeof identityDocumentSchema>;

export const DOCUMENT_SIDES = ['front', 'back'] as const;
export type DocumentSide = (typeof DOCUMENT_SIDES)[number];

/** By what it is proved. `staff-eye`: staff held the original in their hands; `picture`: and it was photographed too. */
const evidenceSchema = z.enum(['staff-eye', 'picture']);
export type Evidence = z.infer<typeof evidenceSchema>;

const documentRuleSchema = z
  .strictObject({
    document: identityDocumentSchema,
    sides: z.array(z.enum(DOCUMENT_SIDES)).min(1),
    /** Only together with 補助書類 that shows name and address. */
    supplementary: z.boolean(),
  })
  // What stands on its back must be seen by nobody.
  .refine(({ document, sides }) => document !== 'my-number-card' || !sides.includes('back'), {
    message: 'the back of a My Number card is never looked at',
  });
export type DocumentRule = z.infer<typeof documentRuleSchema>;

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
      })
      // Whoever lays it down the wrong way round would have its number photographed: nothing here tells front from back.
      .refine(
        ({ evidence, documents }) =>
          evidence !== 'picture' || documents.every(({ document }) => document !== 'my-number-card'),
        { message: 'a My Number card is never photographed' },
      ),
  ),
});
export type IdentityPolicy = z.infer<typeof identityPolicySchema>;

/** What was found about one person. The document's kind is kept, never its number or a copy of it. */
export const identityFindingSchema = z.strictObject({
  person: z.enum(IDENTIFIED_PERSONS),
  evidence: evidenceSchema,
  document: identityDocumentSchema,
  sides: z.array(z.enum(DOCUMENT_SIDES)),
  /** 補助書類 was shown too. */
  supplementary: z.boolean(),
  /** What agrees with the application. */
  agrees: z.array(z.enum(PERSON_FIELDS)),
});
export type IdentityFinding = z.infer<typeof identityFindingSchema>;

/** What a picture of the identity check shows. */
export const pictureSubjectSchema = z.strictObject({
  person: z.enum(IDENTIFIED_PERSONS),
  document: identityDocumentSchema,
  side: z.enum(DOCUMENT_SIDES),
});
export type PictureSubject = z.infer<typeof pictureSubjectSchema>;

/** With the pictures that the terminal has of it: the page can claim none. */
const evidencedFindingSchema = identityFindingSchema.extend({
  pictures: z
    .array(z.strictObject({ side: z.enum(DOCUMENT_SIDES), captureId: captureHashSchema }))
    .max(DOCUMENT_SIDES.length)
    .optional(),
});
export type EvidencedFinding = z.infer<typeof evidencedFindingSchema>;

/** On record with the application. */
export const identityCheckSchema = evidencedFindingSchema.extend({
  staffNumber: staffNumberSchema,
  checkedAt: z.iso.datetime(),
  policyVersion: z.string().min(1),
});
export type IdentityCheck = z.infer<typeof identityCheckSchema>;

/** The documents that do on that day with that evidence, somebody of the staff being there. */
export function documentsOn(policy: IdentityPolicy, evidence: Evidence, day: BusinessDate): DocumentRule[] {
  return policy.ways
    .filter((way) => way.attended && way.evidence === evidence)
    .filter(({ validFrom, validUntil }) => validFrom <= day && day <= (validUntil ?? day))
    .flatMap(({ documents }) => documents);
}

/** Whether every person is proved as the policy wants it on that day, and nothing else was found. */
export function areIdentified(
  policy: IdentityPolicy,
  persons: readonly IdentifiedPerson[],
  findings: readonly EvidencedFinding[],
  day: BusinessDate,
): boolean {
  return (
    findings.every((finding) => documentsOn(policy, finding.evidence, day).some((rule) => isProof(finding, rule))) &&
    persons.every((person) => findings.some((finding) => finding.person === person))
  );
}

function isProof(finding: EvidencedFinding, rule: DocumentRule): boolean {
  const { evidence, pictures = [] } = finding;
  const sides = pictures.map(({ side }) => side);
  return (
    finding.document === rule.document &&
    isSame(finding.sides, rule.sides) &&
    (finding.supplementary || !rule.supplementary) &&
    PERSON_FIELDS.every((field) => finding.agrees.includes(field)) &&
    isSame(sides, evidence === 'picture' ? rule.sides : []) &&
    // One picture shows one side.
    new Set(pictures.map(({ captureId }) => captureId)).size === pictures.length
  );
}

function isSame(some: readonly DocumentSide[], others: readonly DocumentSide[]): boolean {
  return DOCUMENT_SIDES.every((side) => some.includes(side) === others.includes(side));
}
