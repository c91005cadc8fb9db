import { z } from 'zod';
import {
  type ApplicationExtension,
  type Attribution,
  type ProductOrderCreate,
  productOrderCreateSchema,
} from '../../shared/central-api/product-order.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { LONGEST_OFFLINE_SIGN_IN_HOURS } from '../../shared/domain/staff.ts';
import { PUBLISHED } from '../http/published-attributes.ts';
import { badRequest, forbidden, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import { firstIssue } from '../http/first-issue.ts';
import type { Caller, IdentityCheck } from '../identity/caller.ts';
import type { Tokens } from '../identity/tokens.ts';
import { type Authority, SESSION_MS } from './check-application.ts';

/** A POST that its sender may make. What it asks for is still to be compared with the customer's contracts. */
export interface Submission {
  readonly order: ProductOrderCreate;
  /** Unique for ever; null: an operator's order without a key, where every POST makes an order. */
  readonly key: string | null;
  readonly customerNumber: string | null;
  /** null: an operator's order, which comes from no counter. */
  readonly counter: {
    readonly applicationId: string;
    readonly application: ApplicationExtension;
    readonly authority: Authority;
    readonly customerNumber: string;
    readonly terminal: string;
    readonly shop: string;
  } | null;
}

const ATTESTED_MS = LONGEST_OFFLINE_SIGN_IN_HOURS * 60 * 60 * 1000 + SESSION_MS;
const NOT_AUTHORISED: TmfFailure = {
  status: 403,
  code: 'not-authorised',
  reason: 'The submission grant does not authorise this application',
};

const keySchema = z.string().min(1).max(255);

export async function readSubmission(
  input: { caller: Caller; json: unknown; idempotencyKey: unknown; submissionGrant: unknown },
  tokens: Tokens,
): Promise<Result<Submission, TmfFailure>> {
  const { caller } = input;
  if (caller.kind === 'customer' || caller.kind === 'staff')
    return err(forbidden('Orders are sent by terminals and operators'));
  const parsed = productOrderCreateSchema.safeParse(input.json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return err(badRequest(`${issue?.path.join('.') ?? ''}: ${issue?.code ?? 'invalid'}`));
  }
  const order = parsed.data;
  const key = keyOf(input.idempotencyKey, order.externalId);
  if (!key.ok) return key;
  const customerNumber =
    order.relatedParty?.find((party) => (party.role ?? '').toLowerCase() === 'customer')?.id ?? null;
  switch (caller.kind) {
    case 'operator': {
      if (!caller.mayWrite) return err(forbidden('The token is for reading'));
      const formed = PUBLISHED.productOrder.safeParse(order);
      if (!formed.success) return err(badRequest(firstIssue(formed.error)));
      if (order.application !== undefined) return err(forbidden('Applications are sent by terminals'));
      return ok({ order, key: key.value, customerNumber, counter: null });
    }
    case 'terminal': {
      const { application } = order;
      if (application === undefined) return err(forbidden('A terminal sends applications'));
      if (key.value === null || order.externalId === undefined || input.idempotencyKey === undefined) {
        return err(unprocessable('key-missing', 'An application has externalId and Idempotency-Key'));
      }
      const authority = await authorityOf(tokens, input.submissionGrant, caller.terminal, customerNumber, application);
      if (authority === null || customerNumber === null) return err(NOT_AUTHORISED);
      const { terminal, shop } = caller;
      const counter = {
        applicationId: key.value,
        application,
        authority,
        customerNumber,
        terminal,
        shop,
      };
      return ok({ order, key: key.value, customerNumber, counter });
    }
  }
}

function keyOf(header: unknown, externalId: string | undefined): Result<string | null, TmfFailure> {
  if (header === undefined && externalId === undefined) return ok(null);
  const key = keySchema.safeParse(header ?? externalId);
  if (!key.success) return err(badRequest('The key has 1 to 255 characters'));
  if (externalId !== undefined && key.data !== externalId) {
    return err(unprocessable('key-mismatch', 'Idempotency-Key and externalId differ'));
  }
  return ok(key.data);
}

/**
 * A grant authorises the applications of its own session, by whom it was opened: the customer's own never passes for
 * staff's, nor the other way round. What staff takes without central carries their attestation in its place.
 */
async function authorityOf(
  tokens: Tokens,
  header: unknown,
  terminal: string,
  customerNumber: string | null,
  { attribution }: ApplicationExtension,
): Promise<Authority | null> {
  if (typeof header !== 'string') return null;
  if (attribution.kind === 'staff' && attribution.unverified) {
    const attestation = await tokens.readAttestation(header);
    const fits = attestation?.terminal === terminal && attestation.staffNumber === attribution.staffNumber;
    return fits ? { issuedAt: attestation.issuedAt, validMs: ATTESTED_MS, identity: null } : null;
  }
  const grant = await tokens.readGrant(header);
  const fits =
    grant?.terminal === terminal &&
    grant.customerNumber === customerNumber &&
    grant.sessionId === attribution.sessionId &&
    isBy(grant.staff, attribution);
  if (!fits) return null;
  const { identityVersion: version, sessionId, issuedAt } = grant;
  return { issuedAt, validMs: SESSION_MS, identity: version === null ? null : { version, sessionId } };
}

function isBy(staff: IdentityCheck | null, attribution: Attribution): boolean {
  return attribution.kind === 'customer'
    ? staff === null
    : staff?.staffNumber === attribution.staffNumber && staff.identityMethod === attribution.identityMethod;
}
