import { businessDate } from '../../shared/domain/business-time.ts';
import type { ApplicationExtension } from '../../shared/central-api/product-order.ts';
import { areIdentified, type Circumstances, type IdentifiedPerson } from '../../shared/domain/identity-policy.ts';
import { personsToIdentify } from '../../shared/procedures/asked.ts';
import {
  fieldsComparable,
  fieldsKnown,
  type KnownPerson,
  knownPerson,
  mayDiffer,
  papersFor,
} from '../../shared/procedures/known-person.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import { cameAsNamed } from '../phone/came-by-phone.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { CustomerRow } from '../store/customers.ts';
import type { OrderingContext } from './accept-order.ts';
import { decisiveTime } from './check-application.ts';

/**
 * Whether everyone was identified whom the procedure asks for: as the policy had it on the day of the application, by
 * staff who work in the terminal's shop, or by a chip where it lets a chip do alone.
 * @param cameAt epoch ms, business clock
 */
export async function isIdentified(
  transaction: DatabaseTransaction,
  { identityPolicy: policy, isDemo }: Pick<OrderingContext, 'identityPolicy' | 'isDemo'>,
  procedure: Procedure,
  {
    application,
    applicationId,
    terminal,
    shop,
  }: {
    readonly application: ApplicationExtension;
    readonly applicationId: string;
    readonly terminal: string | null;
    readonly shop: string | null;
  },
  customer: Pick<CustomerRow, 'full_name' | 'kana' | 'address'> | null,
  cameAt: number,
): Promise<boolean> {
  const persons = personsToIdentify(procedure, application.answers);
  if (persons.length === 0) return true;
  const { identityChecks = [], captures = [], answers, attribution } = application;
  // Staff who had no central compared with nothing: a correction does, once the customer's record is there.
  const record = {
    name: customer?.full_name ?? null,
    kana: customer?.kana ?? null,
    address: customer?.address ?? null,
  };
  const known = (person: IdentifiedPerson): KnownPerson => knownPerson(procedure, answers, record, person);
  const day = businessDate(decisiveTime(application, cameAt));
  const circumstances: Circumstances = {
    day,
    isAttended: identityChecks.every(({ staffNumber }) => staffNumber !== undefined),
    place: attribution.kind === 'staff' ? 'counter' : 'kiosk',
    known: (person) => fieldsKnown(known(person)),
    comparable: (person) => fieldsComparable(known(person)),
    mayDiffer: (person) => mayDiffer(procedure, answers, person),
    papers: (person) => papersFor(procedure, day, answers, person),
  };
  if (!areIdentified(policy, persons, identityChecks, circumstances)) return false;
  // A sample proves nothing of a customer.
  if (!isDemo && identityChecks.some(({ simulated }) => simulated)) return false;
  const pictures = identityChecks.flatMap((check) => check.pictures ?? []);
  // What the order names is at central by now, each picture whole.
  if (!pictures.every(({ captureId }) => captures.includes(captureId))) return false;
  const of = { applicationId, replaces: application.replaces, terminal, sessionId: attribution.sessionId };
  if (!(await cameAsNamed(transaction, of, identityChecks))) return false;
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
