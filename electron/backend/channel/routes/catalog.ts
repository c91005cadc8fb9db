import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { CatalogCache } from '../../catalog/catalog-cache.ts';
import type { Connectivity } from '../../central/connectivity.ts';

export function catalogRoutes(parts: { catalog: CatalogCache; connectivity: Connectivity }) {
  const { catalog, connectivity } = parts;
  const os = implement(contract.catalog);
  return os.router({
    get: os.get.handler(async ({ errors }) => {
      if (catalog.current() === null) await catalog.refresh();
      const current = catalog.current();
      if (current === null) throw errors.CATALOG_MISSING();
      return { ...current, fresh: connectivity.state() === 'reachable' };
    }),
  });
}
