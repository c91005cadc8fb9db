import { type Catalog, findOffering, isInBundle, type Offering, type OfferingOf } from './catalog.ts';
import type { Contract } from './contract.ts';

type Part = Pick<Contract, 'id' | 'offeringId'>;

/**
 * Whether a contract is a part of the bundle. Of several TVs or lines nobody knows which one it is: the courses that the
 * bundle names may have been changed since.
 * @param contracts the customer's current ones
 */
export function partOfBundle(
  catalog: Catalog,
  bundle: OfferingOf<'bundle'>,
  part: Part,
  contracts: readonly Part[],
): 'part' | 'unknown' | 'none' {
  const typeOf = ({ offeringId }: Part): Offering['type'] | undefined => findOffering(catalog, offeringId)?.type;
  const type = typeOf(part);
  if (type === undefined || !isInBundle(catalog, bundle, type)) return 'none';
  return contracts.some((other) => other.id !== part.id && typeOf(other) === type) ? 'unknown' : 'part';
}
