import { languageSchema } from '../../shared/domain/language.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { contactAsked } from '../../shared/procedures/account/change-contact.ts';
import type { Codes, ProvedLink } from '../codes/codes.ts';
import type { Caller } from '../identity/caller.ts';
import type { AccountNews, MailCustomer } from '../mail/mail-customer.ts';
import type { Clocks } from '../ports.ts';
import { decisiveTime } from '../product-ordering/check-application.ts';
import type { OrderRow } from '../product-ordering/order-store.ts';
import { writeAudit } from '../store/audit.ts';
import { withdrawLater } from '../codes/withdraw-later.ts';
import { lockCustomer } from '../store/customers.ts';
import { isPresentIdentity } from '../store/identity-version.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

const PROCEDURE = 'customer.change-contact';
const LINK: Caller = { kind: 'operator', subject: 'mailed-link', mayWrite: false, operates: false };

/** A change of contact that was applied for without central, in its two steps. */
export interface QueuedContacts {
  /**
   * Phone and news are taken over; a new address gets a link. Other orders are none of its business. `overtaken`: a later
   * wish was carried out before. Nothing was done where it waits: `no-mail-address`: there is no iTSCOM ID to write to;
   * `too-many-mails`: the customer was mailed too much lately; `identity-check`: the customer has another ID or password
   * than the wish was made with, and nobody has released it.
   */
  carryOut(
    transaction: DatabaseTransaction,
    caller: Caller,
    order: OrderRow,
  ): Promise<Result<'done' | 'overtaken', 'no-mail-address' | 'too-many-mails' | 'identity-check'>>;
  /** The link was opened: mail goes there from now on. */
  settle(transaction: DatabaseTransaction, link: ProvedLink): Promise<void>;
}

export function createQueuedContacts(context: {
  readonly clocks: Clocks;
  readonly codes: Codes;
  readonly mailCustomer: MailCustomer;
}): QueuedContacts {
  const { clocks, codes, mailCustomer } = context;
  return {
    carryOut: async (transaction, caller, order) => {
      const { external_id: id, customer_number: customerNumber, request } = order;
      const { application } = request;
      if (application?.procedureId !== PROCEDURE || id === null || customerNumber === null) return ok('done');
      const asked = contactAsked(application.answers);
      const customer = await lockCustomer(transaction, customerNumber);
      if (asked === null || customer === null) return ok('done');
      const { identity_version: version } = order;
      const { sessionId } = application.attribution;
      if (version !== null && !isPresentIdentity(customer, { version, sessionId })) return err('identity-check');
      const audit = (detail: string): Promise<void> =>
        writeAudit(transaction, caller, clocks.system(), {
          ...{ action: 'change', customerNumber, resource: 'customer', resourceId: customerNumber, detail },
        });
      const wishedAt = new Date(decisiveTime(application, order.order_date.getTime()));
      // The latest wish counts, whichever comes last.
      if (customer.contact_wished_at !== null && customer.contact_wished_at > wishedAt) {
        await audit('contact left as it is: a later wish was carried out before');
        return ok('overtaken');
      }
      const { mailTo } = asked;
      const address = mailTo === 'keep' ? customer.contact_email : await addressOf(transaction, customerNumber, mailTo);
      if (address === null && mailTo !== 'keep') return err('no-mail-address');
      if (address === null || address === customer.contact_email) {
        await withdrawLater(transaction, customerNumber);
      } else {
        const { terminalCode: terminal, language, attribution } = application;
        const isMailed = await codes.issueLater(transaction, {
          ...{ id, customerNumber, address, terminal, sessionId: attribution.sessionId },
          language: languageSchema.parse(language),
        });
        if (!isMailed) return err('too-many-mails');
      }
      await transaction
        .updateTable('customers')
        .set({ daytime_phone: asked.daytimePhone, wants_news: asked.wantsNews, contact_wished_at: wishedAt })
        .where('number', '=', customerNumber)
        .execute();
      await audit('daytime phone and news changed');
      return ok('done');
    },
    settle: async (transaction, { id, purpose, customerNumber, address, terminal, language }) => {
      if (purpose !== 'contact-later') return;
      const before = await lockCustomer(transaction, customerNumber);
      if (before === null) return;
      const news: Omit<AccountNews, 'place'> = {
        ...{ news: 'contact-changed', about: `contactLink/${id}`, customerNumber, terminal, language },
        account: { kind: 'contact', email: address, daytimePhone: null, wantsNews: null },
      };
      // Where it was known until now hears of it too, in case it was somebody else.
      if (before.contact_email !== null) await mailCustomer(transaction, { ...news, place: 1 });
      await transaction
        .updateTable('customers')
        .set({ contact_email: address })
        .where('number', '=', customerNumber)
        .execute();
      await mailCustomer(transaction, { ...news, place: 2 });
      await writeAudit(transaction, LINK, clocks.system(), {
        ...{ action: 'change', customerNumber, resource: 'customer', resourceId: customerNumber },
        detail: 'contact address changed by the mailed link',
      });
    },
  };
}

/** null: the customer has no iTSCOM ID. */
async function addressOf(
  transaction: DatabaseTransaction,
  customerNumber: string,
  mailTo: 'id' | { readonly email: string },
): Promise<string | null> {
  if (mailTo !== 'id') return mailTo.email;
  const identity = await transaction
    .selectFrom('digital_identities')
    .select('login_id')
    .where('customer_number', '=', customerNumber)
    .executeTakeFirst();
  return identity?.login_id ?? null;
}
