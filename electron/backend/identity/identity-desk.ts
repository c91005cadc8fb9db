import { isDeepStrictEqual } from 'node:util';
import type { Taken } from '../../../shared/contract/captures.ts';
import { type BusinessClock, businessDate } from '../../../shared/domain/business-time.ts';
import {
  areIdentified,
  type EvidencedFinding,
  type IdentityCheck,
  type IdentityFinding,
  type IdentityPolicy,
} from '../../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { StaffMember } from '../../../shared/domain/staff.ts';
import { personsToIdentify } from '../../../shared/procedures/asked.ts';
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
  readonly findings: readonly IdentityFinding[];
  readonly number: string;
  readonly pin: string;
}

export type AttestError =
  | PinError
  /** It isn't what the policy wants. */
  | { readonly code: 'incomplete' }
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
    attest: async (session, { applicationId, procedureId, answers, findings: found, number, pin }) => {
      if (!isProcedureId(procedureId)) return err({ code: 'incomplete' });
      const persons = personsToIdentify(await loadProcedure(procedureId), answers);
      const now = businessNow();
      const taken = captures.taken(session, applicationId);
      if (!taken.ok) return err({ code: 'incomplete' });
      const findings = found.map((finding) => withPictures(finding, taken.value));
      if (!areIdentified(policy, persons, findings, businessDate(now))) return err({ code: 'incomplete' });
      const letIn = await staff.signIn(number, pin);
      if (!letIn.ok) return letIn;
      // They were let in to say this, and nothing else.
      staff.signOut(letIn.value.id);
      // What is kept now would be forgotten by nobody.
      if (sessions.find(session.id) === null) return err({ code: 'session-gone' });
      const called = ownCall.current();
      if (called !== null) ownCall.end(called.callId);
      const { staff: member } = letIn.value;
      const seen = { staffNumber: member.number, checkedAt: new Date(now).toISOString() };
      const checks = findings.map((finding) => ({ ...finding, ...seen, policyVersion: policy.version }));
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

function withPictures(finding: IdentityFinding, taken: readonly Taken[]): EvidencedFinding {
  if (finding.evidence !== 'picture') return finding;
  const { person, document } = finding;
  const pictures = taken
    .filter(({ shows }) => shows.person === person && shows.document === document)
    .map(({ shows, captureId }) => ({ side: shows.side, captureId }));
  return { ...finding, pictures };
}
