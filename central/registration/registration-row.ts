import { REGISTRATION_ERRORS } from '../../shared/central-api/registration.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import type { RegistrationTables } from '../store/tables/registrations.ts';

export type RegistrationRow = RegistrationTables['registrations'];

export const OVER: TmfFailure = { status: 409, code: REGISTRATION_ERRORS.over, reason: 'That registration is over' };

/** A registration where it was begun; it goes on nowhere else. */
export const registrationRow = (
  from: Database | DatabaseTransaction,
  { terminal }: { readonly terminal: string },
  id: string,
  sessionId: string,
) =>
  from
    .selectFrom('registrations')
    .selectAll()
    .where('id', '=', id)
    .where('terminal_code', '=', terminal)
    .where('session_id', '=', sessionId);

/** The customer's present iTSCOM ID; null: there is none. */
export async function identityOf(db: Database | DatabaseTransaction, customerNumber: string): Promise<string | null> {
  const row = await db
    .selectFrom('digital_identities')
    .select('login_id')
    .where('customer_number', '=', customerNumber)
    .executeTakeFirst();
  return row?.login_id ?? null;
}
