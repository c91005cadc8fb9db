import { useState } from 'react';
import type { Taken } from '../../../shared/contract/captures.ts';
import type {
  DocumentRule,
  IdentifiedPerson,
  IdentityPolicy,
  SeenDocument,
} from '../../../shared/domain/identity-policy.ts';
import type { StepProps } from '../step-props.ts';
import { Attest } from './attest.tsx';
import { CheckPerson, type Sheet } from './check-person.tsx';

export interface StaffCheckProps extends StepProps {
  readonly policy: IdentityPolicy;
  readonly persons: readonly IdentifiedPerson[];
  readonly documents: readonly DocumentRule[];
  /** That may be photographed, and what was. */
  readonly forPictures: readonly DocumentRule[];
  /** Whose chip can be read here; none where no reader is. */
  readonly forChip: readonly DocumentRule[];
  readonly taken: readonly Taken[];
  /** null: there is no camera now. */
  readonly onAnew: ((person: IdentifiedPerson) => void) | null;
}

/** What staff saw of one person's document, one person after the other; then they say so by their PIN. */
export function StaffCheck(props: StaffCheckProps) {
  const { persons, onBack } = props;
  const [seen, setSeen] = useState<readonly SeenDocument[]>([]);
  // Who comes back from the next screen finds what they typed; who leaves the check leaves nothing of it.
  const [sheets, setSheets] = useState<Readonly<Partial<Record<IdentifiedPerson, Sheet>>>>({});
  const person = persons[seen.length];
  if (person === undefined) return <Attest {...props} seen={seen} onBack={() => setSeen(seen.slice(0, -1))} />;
  return (
    <CheckPerson
      {...props}
      key={person}
      person={person}
      sheet={sheets[person] ?? null}
      onSheet={(sheet) => setSheets((before) => ({ ...before, [person]: sheet }))}
      onBack={() => (seen.length === 0 ? onBack() : setSeen(seen.slice(0, -1)))}
      onSeen={(document) => setSeen([...seen, document])}
    />
  );
}
