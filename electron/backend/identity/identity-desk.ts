import { isDeepStrictEqual } from 'node:util';
import type { ReadProblem } from '../../../shared/contract/chip.ts';
import type { Taken } from '../../../shared/contract/captures.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import { LIKENESS_METHOD } from '../../../shared/domain/face.ts';
import {
  areIdentified,
  type ChipSays,
  type Circumstances,
  documentsOn,
  type EvidencedFinding,
  type IdentityCheck,
  type IdentifiedPerson,
  type IdentityDocument,
  type IdentityPolicy,
  OVERRIDABLE_FIELDS,
  type SeenDocument,
} from '../../../shared/domain/identity-policy.ts';
import { PERSON_FIELDS, type PersonField } from '../../../shared/domain/mobile/same-person.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import { personsToIdentify } from '../../../shared/procedures/asked.ts';
import {
  differences,
  fieldsComparable,
  fieldsKnown,
  mayBeReason,
  mayDiffer,
  papersFor,
  type KnownPerson,
  knownPerson,
} from '../../../shared/procedures/known-person.ts';
import type { Draft } from '../../../shared/procedures/procedure.ts';
import { isProcedureId, loadProcedure } from '../../../shared/procedures/registry.ts';
import type { CaptureDesk } from '../captures/capture-desk.ts';
import type { IdReader } from '../devices/id-reader/id-reader.ts';
import type { OwnCallDesk } from '../calls/own-call.ts';
import type { Session, Sessions } from '../sessions/sessions.ts';
import type { PinError } from '../staff/check-pin.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';

interface Application {
  readonly applicationId: string;
  readonly procedureId: string;
  /** What the customer has entered: it is this that was compared with the documents. */
  readonly answers: Draft;
}

export interface Attestation extends Application {
  readonly seen: readonly SeenDocument[];
  readonly number: string;
  readonly pin: string;
}

export interface ChipRequest {
  readonly applicationId: string;
  readonly person: IdentifiedPerson;
  readonly document: IdentityDocument;
  readonly pin: string;
}

export type ChipError =
  | { readonly code: 'not-wanted' | 'session-gone' }
  | { readonly code: 'read-failed'; readonly problem: ReadProblem };

export type JudgeError =
  /** It isn't what the policy wants. */
  | { readonly code: 'incomplete' }
  /** Nobody may pass over it, or nobody did. */
  | { readonly code: 'differs'; readonly person: IdentifiedPerson; readonly fields: readonly PersonField[] };

export type AttestError =
  | PinError
  | JudgeError
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
  /** What it says is kept in memory, for that application and as long as the session lasts. */
  readChip(session: Session, request: ChipRequest): Promise<Result<ChipSays, ChipError>>;
  /** Everybody's chip was read, and nobody of the staff is there. */
  identify(session: Session, application: Application): Promise<Result<void, JudgeError>>;
  /** What was attested for just this procedure and these answers; null: nothing. */
  checksFor(session: Session, application: Application): readonly IdentityCheck[] | null;
  forget(sessionId: string): void;
}

interface Kept {
  readonly application: Application;
  readonly checks: readonly IdentityCheck[];
}

interface Reading {
  readonly applicationId: string;
  readonly document: IdentityDocument;
  readonly says: ChipSays;
}

/** Who stands there is attested by staff at the customer's own screen, and kept in memory until the application goes out. */
export function createIdentityDesk(parts: {
  policy: IdentityPolicy;
  staff: StaffDesk;
  sessions: Pick<Sessions, 'find'>;
  captures: Pick<CaptureDesk, 'taken' | 'show'>;
  idReader: IdReader;
  ownCall: OwnCallDesk;
  businessNow: BusinessClock;
}): IdentityDesk {
  const { policy, staff, sessions, captures, idReader, ownCall, businessNow } = parts;
  const kept = new Map<string, Kept>();
  /** By session, then by person: the last one of each counts. */
  const readings = new Map<string, Map<IdentifiedPerson, Reading>>();

  const readingOf = (session: Session, applicationId: string, person: IdentifiedPerson): Reading | null => {
    const reading = readings.get(session.id)?.get(person);
    return reading?.applicationId === applicationId ? reading : null;
  };

  /** What was seen is compared with what was entered, and judged by the policy of today. */
  async function judge(
    session: Session,
    { applicationId, procedureId, answers }: Application,
    seen: readonly SeenDocument[],
    isAttended: boolean,
  ): Promise<Result<EvidencedFinding[], JudgeError>> {
    if (!isProcedureId(procedureId)) return err({ code: 'incomplete' });
    const procedure = await loadProcedure(procedureId);
    const persons = personsToIdentify(procedure, answers);
    // Nobody's identity would be proved by it.
    if (persons.length === 0) return err({ code: 'incomplete' });
    const taken = captures.taken(session, applicationId);
    if (!taken.ok) return err({ code: 'incomplete' });
    // A face that is damaged, which nobody had to give, takes nothing else along.
    const there = taken.value.filter(
      ({ shows, captureId }) => shows.side !== 'face' || captures.show(session, applicationId, captureId).ok,
    );
    const known = (person: IdentifiedPerson): KnownPerson => knownPerson(procedure, answers, onRecord(session), person);
    const place = session.attribution.kind === 'staff' ? 'counter' : 'kiosk';
    const findings: EvidencedFinding[] = [];
    for (const document of seen) {
      const isChip = document.evidence === 'ic-chip';
      const reading = readingOf(session, applicationId, document.person);
      if (isChip && reading?.document !== document.document) return err({ code: 'incomplete' });
      // What a chip said is not looked away from: at a kiosk whichever document is shown instead.
      const isRead = reading !== null && (reading.document === document.document || place === 'kiosk');
      const says = isRead ? { ...document.says, ...reading.says } : document.says;
      const mayOverride = place === 'counter' && mayDiffer(procedure, answers, document.person);
      const finding = compare({ ...document, says }, known(document.person), mayOverride);
      if (!finding.ok) return finding;
      const isSample = isChip && idReader.isSimulated;
      findings.push(withPictures({ ...finding.value, ...(isSample ? { simulated: true } : {}) }, there));
    }
    const day = businessDate(businessNow());
    const circumstances: Circumstances = {
      ...{ day, place, isAttended },
      known: (person) => fieldsKnown(known(person)),
      comparable: (person) => fieldsComparable(known(person)),
      mayDiffer: (person) => mayDiffer(procedure, answers, person),
      papers: (person) => papersFor(procedure, day, answers, person),
    };
    return areIdentified(policy, persons, findings, circumstances) ? ok(findings) : err({ code: 'incomplete' });
  }

  function keep(
    { id }: Session,
    { applicationId, procedureId, answers }: Application,
    findings: readonly EvidencedFinding[],
    by: Pick<IdentityCheck, 'staffNumber'>,
  ): void {
    const on = { checkedAt: new Date(businessNow()).toISOString(), policyVersion: policy.version };
    const checks = findings.map((finding) => ({ ...finding, ...by, ...on }));
    kept.set(id, { application: { applicationId, procedureId, answers }, checks });
  }

  return {
    policy,
    readChip: async (session, { applicationId, person, document, pin }) => {
      const today = businessDate(businessNow());
      const isWanted = [true, false].some((isAttended) =>
        documentsOn(policy, 'ic-chip', today, isAttended).some((rule) => rule.document === document),
      );
      if (!isWanted) return err({ code: 'not-wanted' });
      const says = await idReader.read(document, pin);
      if (sessions.find(session.id) === null) return err({ code: 'session-gone' });
      if (!says.ok) return err({ code: 'read-failed', problem: says.error });
      const own = readings.get(session.id) ?? new Map<IdentifiedPerson, Reading>();
      readings.set(session.id, own.set(person, { applicationId, document, says: says.value }));
      return says;
    },
    identify: async (session, application) => {
      // At the counter staff answer for it.
      if (session.attribution.kind !== 'customer') return err({ code: 'incomplete' });
      const today = businessDate(businessNow());
      const read = [...(readings.get(session.id) ?? [])].filter(
        ([, { applicationId }]) => applicationId === application.applicationId,
      );
      const seen = read.map(([person, { document }]): SeenDocument => {
        const rule = documentsOn(policy, 'ic-chip', today, false).find((one) => one.document === document);
        return {
          ...{ person, document, evidence: 'ic-chip', agrees: [], says: {}, override: null },
          sides: rule?.sides ?? [],
          supplementary: rule?.supplementary ?? false,
        };
      });
      const findings = await judge(session, application, seen, false);
      if (!findings.ok) return findings;
      keep(session, application, findings.value, {});
      return ok(undefined);
    },
    attest: async (session, { seen, number, pin, ...application }) => {
      const findings = await judge(session, application, seen, true);
      if (!findings.ok) return findings;
      const letIn = await staff.signIn(number, pin);
      if (!letIn.ok) return letIn;
      // They were let in to say this, and nothing else.
      staff.signOut(letIn.value.id);
      // What is kept now would be forgotten by nobody.
      if (sessions.find(session.id) === null) return err({ code: 'session-gone' });
      const called = ownCall.current();
      if (called !== null) ownCall.end(called.callId);
      const { staff: member } = letIn.value;
      keep(session, application, findings.value, { staffNumber: member.number });
      return ok({
        staff: member,
        captures: findings.value.flatMap(({ pictures = [] }) => pictures.map((one) => one.captureId)),
      });
    },
    checksFor: ({ id }, { applicationId, procedureId, answers }) => {
      const attested = kept.get(id);
      const isSame = isDeepStrictEqual(attested?.application, { applicationId, procedureId, answers });
      return attested !== undefined && isSame ? attested.checks : null;
    },
    forget: (sessionId) => {
      kept.delete(sessionId);
      readings.delete(sessionId);
    },
  };
}

const onRecord = ({ facts, record }: Session): Parameters<typeof knownPerson>[2] => ({
  name: facts.kind === 'known' ? facts.customer.name : null,
  kana: facts.kind === 'known' ? facts.customer.kana : null,
  address: record?.address ?? null,
});

/** What stands on the document is looked at here, and goes no further: which of it agrees is what is kept. */
function compare(
  { says, agrees, override, ...document }: SeenDocument,
  known: KnownPerson,
  mayOverride: boolean,
): Result<EvidencedFinding, JudgeError> {
  const found = differences(known, says);
  const different = found.map(({ field }) => field);
  const fields = OVERRIDABLE_FIELDS.filter((field) => different.includes(field));
  const isReason = override !== null && mayBeReason(override.reason, found);
  const isPassedOver = isReason && mayOverride && fields.length === different.length;
  if (different.length > 0 && !isPassedOver) {
    return err({ code: 'differs', person: document.person, fields: different });
  }
  const typed = fieldsComparable(known).filter((field) => says[field] !== undefined && !different.includes(field));
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
  const own = taken.filter(({ shows }) => shows.person === person && shows.document === document);
  const pictures = own.map(({ shows, captureId, byPhone }) => ({
    ...{ side: shows.side, captureId },
    ...(byPhone ? { byPhone } : {}),
  }));
  const face = own.find(({ shows }) => shows.side === 'face');
  const outcome = face?.likeness ?? null;
  const headTilt = face?.tilt?.isSeen ?? null;
  return {
    ...{ ...finding, pictures },
    ...(outcome === null ? {} : { likeness: { method: LIKENESS_METHOD, outcome } }),
    ...(headTilt === null ? {} : { headTilt }),
  };
}
