import { z } from 'zod';
import {
  type ApplicationExtension,
  type ProductOrderCreate,
  productOrderCreateSchema,
} from '../../shared/central-api/product-order.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { badRequest, forbidden, type TmfFailure, unprocessable } from '../http/tmf-failure.ts';
import type { Caller } from '../identity/caller.ts';
import type { SubmissionGrant, Tokens } from '../identity/tokens.ts';
import { readApplication } from './check-application.ts';

/** A POST that its sender may make. What it asks for is still to be compared with the customer's contracts. */
export interface Submission {
  readonly order: ProductOrderCreate;
  /** Unique for ever; null: an operator's order without a key, where every POST makes an order. */
  readonly key: string | null;
  readonly customerNumber: string | null;
  readonly terminal: string | null;
  readonly counter: {
    readonly application: ApplicationExtension;
    readonly procedure: Procedure;
    readonly grant: SubmissionGrant;
  } | null;
}

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
    case 'operator':
      if (!caller.mayWrite) return err(forbidden('The token is for reading'));
      if (order.application !== undefined) return err(forbidden('Applications are sent by terminals'));
      return ok({ order, key: key.value, customerNumber, terminal: null, counter: null });
    case 'terminal': {
      const { application } = order;
      if (application === undefined) return err(forbidden('A terminal sends applications'));
      if (key.value === null || order.externalId === undefined || input.idempotencyKey === undefined) {
        return err(unprocessable('key-missing', 'An application has externalId and Idempotency-Key'));
      }
      const grant = typeof input.submissionGrant === 'string' ? await tokens.readGrant(input.submissionGrant) : null;
      if (!authorises(grant, caller.terminal, customerNumber, application)) {
        return err({
          status: 403,
          code: 'not-authorised',
          reason: 'The submission grant does not authorise this application',
        });
      }
      const procedure = await readApplication(order, application, caller.terminal);
      if (!procedure.ok) return procedure;
      const counter = { application, procedure: procedure.value, grant };
      return ok({ order, key: key.value, customerNumber, terminal: caller.terminal, counter });
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

function authorises(
  grant: SubmissionGrant | null,
  terminal: string,
  customerNumber: string | null,
  application: ApplicationExtension,
): grant is SubmissionGrant {
  return (
    grant !== null &&
    grant.terminal === terminal &&
    grant.customerNumber === customerNumber &&
    grant.sessionId === application.attribution.sessionId
  );
}
