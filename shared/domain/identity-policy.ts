import { z } from 'zod';
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

/** By what it is proved. `staff-eye`: staff held the original in their hands. */
const evidenceSchema = z.enum(['staff-eye']);

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
    z.strictObject({
      evidence: evidenceSchema,
      /** true: somebody of the shop's staff is there. */
      attended: z.boolean(),
      validFrom: businessDateSchema,
      validUntil: businessDateSchema.optional(),
      documents: z.array(documentRuleSchema).min(1),
    }),
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

/** On record with the application. */
export const identityCheckSchema = identityFindingSchema.extend({
  staffNumber: staffNumberSchema,
  checkedAt: z.iso.datetime(),
  policyVersion: z.string().min(1),
});
export type IdentityCheck = z.infer<typeof identityCheckSchema>;

/** The documents that do on that day where staff look at them. */
export function documentsOn(policy: IdentityPolicy, day: BusinessDate): DocumentRule[] {
  return policy.ways
    .filter(({ attended, validFrom, validUntil }) => attended && validFrom <= day && day <= (validUntil ?? day))
    .flatMap(({ documents }) => documents);
}

/** Whether every person is proved as the policy wants it on that day, and nothing else was found. */
export function areIdentified(
  policy: IdentityPolicy,
  persons: readonly IdentifiedPerson[],
  findings: readonly IdentityFinding[],
  day: BusinessDate,
): boolean {
  const rules = documentsOn(policy, day);
  return (
    findings.every((finding) => rules.some((rule) => isProof(finding, rule))) &&
    persons.every((person) => findings.some((finding) => finding.person === person))
  );
}

function isProof(finding: IdentityFinding, rule: DocumentRule): boolean {
  return (
    finding.document === rule.document &&
    DOCUMENT_SIDES.every((side) => finding.sides.includes(side) === rule.sides.includes(side)) &&
    (finding.supplementary || !rule.supplementary) &&
    PERSON_FIELDS.every((field) => finding.agrees.includes(field))
  );
}
