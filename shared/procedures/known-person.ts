import type { BusinessDate } from '../domain/business-time.ts';
import type { IdentifiedPerson, IdentityPaper, OverrideReason } from '../domain/identity-policy.ts';
import { type Likeness, likeness, PERSON_FIELDS, type PersonField } from '../domain/mobile/same-person.ts';
import type { Draft, Procedure } from './procedure.ts';

/** What is known of a person without a document, and is to agree with it; null: nothing is. */
export type KnownPerson = Readonly<Record<PersonField, string | null>> & { readonly kana: string | null };

/** @param record what is on record of the contractor */
export function knownPerson(
  { steps }: Pick<Procedure, 'steps'>,
  draft: Draft,
  record: { readonly name: string | null; readonly kana: string | null; readonly address: string | null },
  person: IdentifiedPerson,
): KnownPerson {
  const step = steps.find((one) => one.kind === 'identity');
  const own = person === 'contractor' ? record : step?.named(draft, person);
  const bornOn = step === undefined ? undefined : draft[step.bornOnQuestion(person)];
  return { name: own?.name ?? null, kana: own?.kana ?? null, address: record.address, bornOn: bornOn ?? null };
}

/** Whether staff may pass over a difference between that person's document and what is known. */
export function mayDiffer({ steps }: Pick<Procedure, 'steps'>, draft: Draft, person: IdentifiedPerson): boolean {
  return steps.every((step) => step.kind !== 'identity' || step.equalFor(draft, person) === null);
}

/** What staff have to be given for that person beside the document. */
export function papersFor(
  { steps }: Pick<Procedure, 'steps'>,
  today: BusinessDate,
  draft: Draft,
  person: IdentifiedPerson,
): readonly IdentityPaper[] {
  return steps.flatMap((step) => (step.kind === 'identity' ? step.papers(today, draft, person) : []));
}

/** What is to agree with a document: a name too of which the reading alone is known. */
export function fieldsKnown(person: KnownPerson): readonly PersonField[] {
  return PERSON_FIELDS.filter((field) => person[field] !== null || (field === 'name' && person.kana !== null));
}

/** What the program can compare with a document. */
export function fieldsComparable(person: KnownPerson): readonly PersonField[] {
  return PERSON_FIELDS.filter((field) => person[field] !== null);
}

export interface Difference {
  readonly field: PersonField;
  readonly likeness: Exclude<Likeness, 'same'>;
}

/** In what a document that says this differs from what is known; what isn't known can't. */
export function differences(
  known: KnownPerson,
  says: Readonly<Partial<Record<PersonField, string>>>,
): readonly Difference[] {
  return PERSON_FIELDS.flatMap((field) => {
    const [ours, theirs] = [known[field], says[field]];
    if (ours === null || theirs === undefined) return [];
    const found = likeness(field, ours, theirs);
    return found === 'same' ? [] : [{ field, likeness: found }];
  });
}

/** Another name is no other form of a character. */
export function mayBeReason(reason: OverrideReason['reason'], found: readonly Difference[]): boolean {
  return reason !== 'variant' || found.every((difference) => difference.likeness === 'variant');
}
