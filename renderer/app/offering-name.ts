import { type Catalog, findOffering, type Offering } from '../../shared/domain/catalog.ts';
import type { Contract } from '../../shared/domain/contract.ts';
import type { Language } from '../../shared/domain/language.ts';

export function offeringName(offering: Offering, language: Language): string {
  return offering.name[language];
}

/** The catalog's translated name, or central's own for what the catalog doesn't hold. */
export function nameById(
  catalog: Catalog,
  contracts: readonly Contract[],
  offeringId: string,
  language: Language,
): string {
  const offering = findOffering(catalog, offeringId);
  if (offering !== undefined) return offeringName(offering, language);
  return contracts.find((contract) => contract.offeringId === offeringId)?.name ?? offeringId;
}
