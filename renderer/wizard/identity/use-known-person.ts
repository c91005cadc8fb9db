import type { IdentifiedPerson } from '../../../shared/domain/identity-policy.ts';
import type { PersonField } from '../../../shared/domain/mobile/same-person.ts';
import { readDate } from '../../../shared/domain/typed/typed-date.ts';
import { type KnownPerson, knownPerson } from '../../../shared/procedures/known-person.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import type { StepProps } from '../step-props.ts';

/** What is to agree with the document, as it was entered or is on record, and as it is shown. */
export function useKnownPerson({
  context,
  procedure,
  address,
  state,
  person,
}: Pick<StepProps, 'context' | 'procedure' | 'address' | 'state'> & { readonly person: IdentifiedPerson }): {
  readonly known: KnownPerson;
  readonly shown: Readonly<Record<PersonField, string>>;
} {
  const { t, language } = useLanguage();
  const { facts } = context;
  const { name, kana } = facts.kind === 'known' ? facts.customer : { name: null, kana: null };
  const known = knownPerson(procedure, state.draft, { name, kana, address }, person);
  const nowhere = t('identity:not-on-record');
  const day = readDate(known.bornOn ?? '');
  const isNumberAlone = facts.kind === 'unknown' && person === 'contractor';
  return {
    known,
    shown: {
      name: isNumberAlone ? facts.customerNumber : nameOf(),
      address: known.address ?? nowhere,
      bornOn: day === null ? nowhere : formatDate(language, day),
    },
  };

  function nameOf(): string {
    if (known.kana === null) return known.name ?? nowhere;
    return known.name === null ? known.kana : t('identity:name', { name: known.name, kana: known.kana });
  }
}
