import { type Catalog, findOffering, isInBundle, type Offering, type OfferingOf } from './catalog.ts';
import type { Contract } from './contract.ts';

type Part = Pick<Contract, 'id' | 'offeringId'>;

/**
 * Whether a contract is a part of the bundle. Of several TVs or lines it is the one that the bundle names; where it
 * names none of them any may be, since a part may have been changed since.
 * @param contracts the customer's current ones
 */
export function isPartOfBundle(
  catalog: Catalog,
  bundle: OfferingOf<'bundle'>,
  part: Part,
  contracts: readonly Part[],
): boolean {
  const typeOf = ({ offeringId }: Part): Offering['type'] | undefined => findOffering(catalog, offeringId)?.type;
  const isNamed = ({ offeringId }: Part): boolean => bundle.components.includes(offeringId);
  const type = typeOf(part);
  if (type === undefined || !isInBundle(catalog, bundle, type)) return false;
  return isNamed(part) || !contracts.some((other) => typeOf(other) === type && isNamed(other));
}
