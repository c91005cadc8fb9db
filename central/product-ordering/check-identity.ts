import { businessDate } from '../../shared/domain/business-time.ts';
import type { ApplicationExtension } from '../../shared/central-api/product-order.ts';
import { areIdentified, type IdentityPolicy } from '../../shared/domain/identity-policy.ts';
import { personsToIdentify } from '../../shared/procedures/asked.ts';
import type { Procedure } from '../../shared/procedures/procedure.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { decisiveTime } from './check-application.ts';

/**
 * Whether everyone was identified whom the procedure asks for: as the policy had it on the day of the application, by
 * staff who work in the terminal's shop.
 * @param cameAt epoch ms, business clock
 */
export async function isIdentified(
  transaction: DatabaseTransaction,
  policy: IdentityPolicy,
  procedure: Procedure,
  { application, shop }: { readonly application: ApplicationExtension; readonly shop: string | null },
  cameAt: number,
): Promise<boolean> {
  const persons = personsToIdentify(procedure, application.answers);
  if (persons.length === 0) return true;
  const { identityChecks = [], captures = [] } = application;
  const day = businessDate(decisiveTime(application, cameAt));
  if (!areIdentified(policy, persons, identityChecks, day)) return false;
  const pictures = identityChecks.flatMap((check) => check.pictures ?? []);
  // What the order names is at central by now, each picture whole.
  if (!pictures.every(({ captureId }) => captures.includes(captureId))) return false;
  const numbers = [...new Set(identityChecks.map(({ staffNumber }) => staffNumber))];
  const staff = await transaction
    .selectFrom('staff')
    .select('number')
    .where('number', 'in', numbers)
    .where('shop', '=', shop)
    .where('active', '=', true)
    .execute();
  return staff.length === numbers.length;
}
