import { businessDate } from '../../shared/domain/business-time.ts';
import type { ApplicationExtension } from '../../shared/central-api/product-order.ts';
import { areIdentified, type Circumstances } from '../../shared/domain/identity-policy.ts';
import { personsToIdentify } from '../../shared/procedures/asked.ts';
import { fieldsKnown, knownPerson } from '../../shared/procedures/known-person.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { OrderingContext } from './accept-order.ts';
import { decisiveTime, isUnverified } from './check-application.ts';

/**
 * Whether everyone was identified whom the procedure asks for: as the policy had it on the day of the application, by
 * staff who work in the terminal's shop, or by a chip where it lets a chip do alone.
 * @param cameAt epoch ms, business clock
 */
export async function isIdentified(
  transaction: DatabaseTransaction,
  { identityPolicy: policy, isDemo }: Pick<OrderingContext, 'identityPolicy' | 'isDemo'>,
  procedure: Procedure,
  { application, shop }: { readonly application: ApplicationExtension; readonly shop: string | null },
  customer: Pick<CustomerRow, 'full_name' | 'kana' | 'address'> | null,
  cameAt: number,
): Promise<boolean> {
  const persons = personsToIdentify(procedure, application.answers);
  if (persons.length === 0) return true;
  const { identityChecks = [], captures = [], answers, attribution } = application;
  // Staff who had no central compared with nothing.
  const isKnown = customer !== null && !isUnverified(application);
  const record = isKnown
    ? { name: customer.full_name, kana: customer.kana, address: customer.address }
    : { name: null, kana: null, address: null };
  const circumstances: Circumstances = {
    day: businessDate(decisiveTime(application, cameAt)),
    isAttended: identityChecks.every(({ staffNumber }) => staffNumber !== undefined),
    place: attribution.kind === 'staff' ? 'counter' : 'kiosk',
    known: (person) => fieldsKnown(knownPerson(procedure, answers, record, person)),
  };
  if (!areIdentified(policy, persons, identityChecks, circumstances)) return false;
  // A sample proves nothing of a customer.
  if (!isDemo && identityChecks.some(({ simulated }) => simulated)) return false;
  const pictures = identityChecks.flatMap((check) => check.pictures ?? []);
  // What the order names is at central by now, each picture whole.
  if (!pictures.every(({ captureId }) => captures.includes(captureId))) return false;
  const numbers = [...new Set(identityChecks.flatMap(({ staffNumber = [] }) => staffNumber))];
  if (numbers.length === 0) return true;
  const staff = await transaction
    .selectFrom('staff')
    .select('number')
    .where('number', 'in', numbers)
    .where('shop', '=', shop)
    .where('active', '=', true)
    .execute();
  return staff.length === numbers.length;
}
