import { type Catalog, findOffering } from './catalog.ts';
import type { Contract } from './contract.ts';

/** Electricity and gas are another company's, NHK's payment goes to NHK; a club or a discount is no service. */
export function isOwnService(catalog: Catalog, { group, offeringId }: Pick<Contract, 'group' | 'offeringId'>): boolean {
  const type = findOffering(catalog, offeringId)?.type;
  return !['energy', 'bundle-discount', 'other-discount'].includes(group) && type !== 'club' && type !== 'nhk';
}
