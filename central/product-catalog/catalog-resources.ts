import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { offeringToTmf } from '../../shared/central-api/product-catalog.ts';
import type { Catalog, Offering } from '../../shared/domain/catalog.ts';
import type { Resource } from '../http/reply.ts';

/** TMF620's kinds of resources. */
export const CATALOG_KINDS = [
  'catalog',
  'category',
  'productSpecification',
  'productOffering',
  'productOfferingPrice',
] as const;
export type CatalogKind = (typeof CATALOG_KINDS)[number];

/** The catalog that is sold, as TMF620 tells it. */
export function catalogResources(catalog: Catalog, publicUrl: string): Record<CatalogKind, readonly Resource[]> {
  const href = (kind: CatalogKind, id: string): string => `${publicUrl}${CENTRAL_PATHS[kind]}/${id}`;
  // A catalog's version begins with the day of its last change.
  const lastUpdate = new Date(`${catalog.version.slice(0, 10)}T00:00:00+09:00`).toISOString();
  const { version } = catalog;
  const common = (kind: CatalogKind, id: string) => ({
    ...{ id, href: href(kind, id), name: id },
    ...{ version, lastUpdate, lifecycleStatus: 'Active' },
  });
  const offerings = catalog.offerings.map((offering) => offeringToTmf(offering, lastUpdate, href));
  const groups = [...new Set(catalog.offerings.map(({ group }) => group))];
  const types = [...new Set(catalog.offerings.map(({ type }) => type))];
  const ofGroup = (group: string) => catalog.offerings.filter((offering) => offering.group === group);
  return {
    catalog: [
      {
        ...common('catalog', 'catalog'),
        category: groups.map((id) => ({ id, href: href('category', id), name: id })),
        '@type': 'Catalog',
      },
    ],
    category: groups.map((group) => ({
      ...common('category', group),
      isRoot: true,
      productOffering: ofGroup(group).map(({ id, name }) => ({
        ...{ id, href: href('productOffering', id), name: name.ja },
        '@referredType': 'ProductOffering',
      })),
      '@type': 'Category',
    })),
    productSpecification: types.map((type) => ({
      ...common('productSpecification', type),
      isBundle: type === 'bundle',
      productSpecCharacteristic: characteristicsOf(
        catalog.offerings.filter((offering) => offering.type === type),
        offerings.map(({ offering }) => offering),
      ),
      '@type': 'ProductSpecification',
    })),
    productOffering: offerings.map(({ offering }, index) => {
      const type = catalog.offerings[index]?.type ?? '';
      return { ...offering, version, productSpecification: { id: type, href: href('productSpecification', type) } };
    }),
    productOfferingPrice: offerings.flatMap(({ prices }) =>
      prices.map((price) => ({ ...price, isBundle: false, version })),
    ),
  };
}

/** By what name and value type offerings of a type tell their own. */
function characteristicsOf(
  offerings: readonly Offering[],
  told: readonly ReturnType<typeof offeringToTmf>['offering'][],
): { name: string; valueType: string; configurable: boolean }[] {
  const ids = new Set(offerings.map(({ id }) => id));
  const types = new Map(
    told
      .filter(({ id }) => ids.has(id))
      .flatMap(({ prodSpecCharValueUse }) => prodSpecCharValueUse)
      .map((use) => [use.name, typeof use.productSpecCharacteristicValue[0]?.value]),
  );
  return [...types].map(([name, valueType]) => ({ name, valueType, configurable: false }));
}
