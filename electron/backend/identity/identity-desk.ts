import { isDeepStrictEqual } from 'node:util';
import type { Taken } from '../../../shared/contract/captures.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import {
  areIdentified,
  type Circumstances,
  type EvidencedFinding,
  type IdentityCheck,
  type IdentifiedPerson,
  type IdentityPolicy,
  OVERRIDABLE_FIELDS,
  type Place,
  type SeenDocument,
} from '../../../shared/domain/identity-policy.ts';
import { PERSON_FIELDS, type PersonField } from '../../../shared/domain/mobile/same-person.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import { personsToIdentify } from '../../../shared/procedures/asked.ts';
import { differences, fieldsKnown, type KnownPerson, knownPerson } from '../../../shared/procedures/known-person.ts';
import type { Draft } from '../../../shared/procedures/procedure.ts';
import { isProcedureId, loadProcedure } from '../../../shared/procedures/registry.ts';
import type { CaptureDesk } from '../captures/capture-desk.ts';
import type { OwnCallDesk } from '../calls/own-call.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { PinError } from '../staff/check-pin.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';

export interface Attestation {
  readonly applicationId: string;
  readonly procedureId: string;
  /** What the customer has entered: it is this that was compared with the documents. */
  readonly answers: Draft;
  readonly seen: readonly SeenDocument[];
  readonly number: string;
  readonly pin: string;
}

export type AttestError =
  | PinError
  /** It isn't what the policy wants. */
  | { readonly code: 'incomplete' }
  /** Nobody may pass over it, or nobody did. */
  | { readonly code: 'differs'; readonly person: IdentifiedPerson; readonly fields: readonly PersonField[] }
  /** The customer's session ended meanwhile. */
  | { readonly code: 'session-gone' };

export interface Attested {
  readonly staff: StaffMember;
  /** The pictures that belong to it. */
  readonly captures: readonly string[];
}

export interface IdentityDesk {
  readonly policy: IdentityPolicy;
  /** Staff say by their PIN what they saw. */
  attest(session: Session, attestation: Attestation): Promise<Result<Attested, AttestError>>;
  /** What was attested for just these answers; null: nothing. */
  checksFor(session: Session, applicationId: string, answers: Draft): readonly IdentityCheck[] | null;
  forget(sessionId: string): void;
}

interface Kept {
  readonly applicationId: string;
  readonly answers: Draft;
  readonly checks: readonly IdentityCheck[];
}

/** Who stands there is attested by staff at the customer's own screen, and kept in memory until the application goes out. */
export function createIdentityDesk(parts: {
  policy: IdentityPolicy;
  staff: StaffDesk;
  sessions: Pick<Sessions, 'find'>;
  captures: Pick<CaptureDesk, 'taken'>;
  ownCall: OwnCallDesk;
  businessNow: BusinessClock;
}): IdentityDesk {
  const { policy, staff, sessions, captures, ownCall, businessNow } = parts;
  const kept = new Map<string, Kept>();
  return {
    policy,
    attest: async (session, { applicationId, procedureId, answers, seen, number, pin }) => {
      if (!isProcedureId(procedureId)) return err({ code: 'incomplete' });
      const procedure = await loadProcedure(procedureId);
      const persons = personsToIdentify(procedure, answers);
      const now = businessNow();
      const taken = captures.taken(session, applicationId);
      if (!taken.ok) return err({ code: 'incomplete' });
      const known = (person: IdentifiedPerson): KnownPerson =>
        knownPerson(procedure, answers, onRecord(session), person);
      const place = session.attribution.kind === 'staff' ? 'counter' : 'kiosk';
      const findings: EvidencedFinding[] = [];
      for (const document of seen) {
        const finding = compare(document, known(document.person), place);
        if (!finding.ok) return finding;
        findings.push(withPictures(finding.value, taken.value));
      }
      const circumstances: Circumstances = {
        ...{ day: businessDate(now), place },
        known: (person) => fieldsKnown(known(person)),
      };
      if (!areIdentified(policy, persons, findings, circumstances)) return err({ code: 'incomplete' });
      const letIn = await staff.signIn(number, pin);
      if (!letIn.ok) return letIn;
      // They were let in to say this, and nothing else.
      staff.signOut(letIn.value.id);
      // What is kept now would be forgotten by nobody.
      if (sessions.find(session.id) === null) return err({ code: 'session-gone' });
      const called = ownCall.current();
      if (called !== null) ownCall.end(called.callId);
      const { staff: member } = letIn.value;
      const by = { staffNumber: member.number, checkedAt: new Date(now).toISOString() };
      const checks = findings.map((finding) => ({ ...finding, ...by, policyVersion: policy.version }));
      kept.set(session.id, { applicationId, answers, checks });
      return ok({
        staff: member,
        captures: findings.flatMap(({ pictures = [] }) => pictures.map((one) => one.captureId)),
      });
    },
    checksFor: ({ id }, applicationId, answers) => {
      const attested = kept.get(id);
      const isSame = attested?.applicationId === applicationId && isDeepStrictEqual(attested.answers, answers);
      return isSame ? attested.checks : null;
    },
    forget: (sessionId) => kept.delete(sessionId),
  };
}

const onRecord = ({ facts, record }: Session): Parameters<typeof knownPerson>[2] => ({
  name: facts.kind === 'known' ? facts.customer.name : null,
  kana: facts.kind === 'known' ? facts.customer.kana : null,
  address: record?.address ?? null,
});

/** What was typed off the document is looked at here, and goes no further: which of it agrees is what is kept. */
function compare(
  { says, agrees, override, ...document }: SeenDocument,
  known: KnownPerson,
  place: Place,
): Result<EvidencedFinding, AttestError> {
  const different = differences(known, says).map(({ field }) => field);
  const fields = OVERRIDABLE_FIELDS.filter((field) => different.includes(field));
  const isPassedOver = override !== null && place === 'counter' && fields.length === different.length;
  if (different.length > 0 && !isPassedOver) {
    return err({ code: 'differs', person: document.person, fields: different });
  }
  const typed = fieldsKnown(known).filter((field) => says[field] !== undefined && !different.includes(field));
  return ok({
    ...document,
    agrees: PERSON_FIELDS.filter(
      (field) => typed.includes(field) || (agrees.includes(field) && !different.includes(field)),
    ),
    ...(typed.length === 0 ? {} : { typed: [...typed] }),
    ...(override === null || fields.length === 0 ? {} : { override: { ...override, fields: [...fields] } }),
  });
}

function withPictures(finding: EvidencedFinding, taken: readonly Taken[]): EvidencedFinding {
  if (finding.evidence !== 'picture') return finding;
  const { person, document } = finding;
  const pictures = taken
    .filter(({ shows }) => shows.person === person && shows.document === document)
    .map(({ shows, captureId }) => ({ side: shows.side, captureId }));
  return { ...finding, pictures };
}
