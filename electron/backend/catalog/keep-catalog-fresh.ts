import type { Connectivity } from '../central/connectivity.ts';
import type { Timers } from '../ports.ts';
import type { CatalogCache } from './catalog-cache.ts';

const EVERY_MS = 5 * 60_000;

/** Asks for a newer one every few minutes and whenever central is back. @returns stops it */
export function keepCatalogFresh(parts: {
  catalog: CatalogCache;
  connectivity: Connectivity;
  timers: Timers;
  onChanged(): void;
}): () => void {
  const { catalog, connectivity, timers, onChanged } = parts;
  const refresh = (): void => {
    void catalog.refresh().then((outcome) => {
      if (outcome === 'refreshed') onChanged();
    });
  };
  let cancel = timers.after(EVERY_MS, function again() {
    refresh();
    cancel = timers.after(EVERY_MS, again);
  });
  const stopWatching = connectivity.onChange((state) => {
    if (state === 'reachable') refresh();
  });
  return () => {
    cancel();
    stopWatching();
  };
}
