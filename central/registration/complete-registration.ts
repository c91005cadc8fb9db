import { languageSchema } from '../../shared/domain/language.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { acceptedTermsSchema } from '../../shared/domain/terms.ts';
import { tolerant } from '../../shared/domain/tolerant.ts';
import type { Codes } from '../codes/codes.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';
import type { MailCustomer } from '../mail/mail-customer.ts';
import { writeInteraction } from '../party-interaction/interaction.ts';
import type { Clocks } from '../ports.ts';
import { writeAudit } from '../store/audit.ts';
import { type CustomerRow, lockCustomer } from '../store/customers.ts';
import { renewIdentity } from '../store/identity-version.ts';
import type { Database, DatabaseTransaction } from '../store/schema.ts';
import { chosenContact } from './contact-choices.ts';
import { identityOf, OVER, type RegistrationRow, registrationRow } from './registration-row.ts';
import type { Completed, Registrations, Terminal } from './registrations.ts';

/** From the code that was proved to the new iTSCOM ID. */
export function createCompleteRegistration(context: {
  readonly db: Database;
  readonly clocks: Clocks;
  readonly codes: Codes;
  readonly mailCustomer: MailCustomer;
}): Registrations['complete'] {
  const { db, clocks, codes, mailCustomer } = context;
  return async (terminal, id, { sessionId, contact }, purpose) => {
    const registeredAt = new Date(clocks.business());
    return db.transaction().execute(async (transaction): Promise<Result<Completed, TmfFailure>> => {
      const known = await registrationRow(transaction, terminal, id, sessionId).executeTakeFirst();
      if (known === undefined) return err(OVER);
      // One registration of a contract at a time, whichever central it reaches.
      const customer = await lockCustomer(transaction, known.customer_number);
      // Whoever takes a one-time password back ends it meanwhile, or finds it done.
      const row = await registrationRow(transaction, terminal, id, sessionId).forUpdate().executeTakeFirst();
      if (customer === null || row === undefined || row.login_id === null) return err(OVER);
      const { login_id: loginId, password_hash } = row;
      if (row.registered_at !== null) {
        return ok({ id, loginId, registeredAt: row.registered_at.toISOString() });
      }
      // Somebody registered the contract since, or chose another ID or password for it.
      const isOvertaken = customer.identity_version !== row.identity_version;
      const next = chosenContact(customer, loginId, contact);
      if (password_hash === null || isOvertaken || next === null) return err(OVER);
      const place = { terminal: terminal.terminal, sessionId, purpose };
      const proved = await codes.spend(transaction, id, place);
      if (!proved.ok || proved.value.address !== loginId || proved.value.customerNumber !== customer.number) {
        return err(OVER);
      }
      const replaced = await identityOf(transaction, customer.number);
      if (!(await putIdentity(transaction, { login_id: loginId, customer_number: customer.number, password_hash }))) {
        return err(OVER);
      }
      await renewIdentity(transaction, customer.number, null);
      await transaction
        .updateTable('registrations')
        .set({ done_at: new Date(clocks.system()), registered_at: registeredAt, password_hash: null })
        .where('id', '=', id)
        .execute();
      await tell(transaction, { row, customer, loginId, terminal, next });
      await writeInteraction(transaction, clocks.business(), {
        ...{ customerNumber: customer.number, shop: terminal.shop, terminal: terminal.terminal },
        ...{ staffNumber: row.staff_number, sessionId, orderId: null },
        visit: {
          kind: 'id-registered',
          replaced: replaced !== null,
          terms: tolerant(acceptedTermsSchema.array()).parse(JSON.parse(row.terms ?? '[]')),
        },
      });
      await writeAudit(transaction, terminal, clocks.system(), {
        action: replaced === null ? 'create' : 'change',
        resource: 'digitalIdentity',
        resourceId: null,
        customerNumber: customer.number,
        detail: 'registered by the contractor',
      });
      return ok({ id, loginId, registeredAt: registeredAt.toISOString() });
    });
  };

  /** To the address of until now and, where it is another from now on, to that one too. */
  async function tell(
    transaction: DatabaseTransaction,
    done: {
      readonly row: RegistrationRow;
      readonly customer: CustomerRow;
      readonly loginId: string;
      readonly terminal: Terminal;
      readonly next: string;
    },
  ): Promise<void> {
    const { row, customer, loginId, terminal, next } = done;
    const news = {
      news: 'id-registered',
      about: `registration/${row.id}`,
      ...{ customerNumber: customer.number, terminal: terminal.terminal, language: languageSchema.parse(row.language) },
      account: { kind: 'portal', login: loginId },
    } as const;
    if (customer.contact_email !== null) await mailCustomer(transaction, { ...news, place: 1 });
    if (next === customer.contact_email) return;
    await transaction
      .updateTable('customers')
      .set({ contact_email: next, contact_wished_at: new Date(clocks.business()) })
      .where('number', '=', customer.number)
      .execute();
    await mailCustomer(transaction, { ...news, place: 2 });
  }
}

/** In place of the customer's present one. false: another contract has that ID, maybe since this moment. */
async function putIdentity(
  transaction: DatabaseTransaction,
  identity: { readonly login_id: string; readonly customer_number: string; readonly password_hash: string },
): Promise<boolean> {
  const { login_id, customer_number, password_hash } = identity;
  const put = await transaction
    .insertInto('digital_identities')
    .values(identity)
    .onConflict((conflict) =>
      conflict
        .column('login_id')
        .doUpdateSet({ password_hash, change_id: null, issue_id: null })
        .where('digital_identities.customer_number', '=', customer_number),
    )
    .executeTakeFirst();
  if (put.numInsertedOrUpdatedRows === 0n) return false;
  await transaction
    .deleteFrom('digital_identities')
    .where('customer_number', '=', customer_number)
    .where('login_id', '!=', login_id)
    .execute();
  return true;
}
