import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  catalogFromTmf,
  tmfCatalogSchema,
  tmfProductOfferingPriceSchema,
  tmfProductOfferingSchema,
} from '../../../shared/central-api/product-catalog.ts';
import { type Catalog, catalogSchema } from '../../../shared/domain/catalog.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';
import type { CentralClient } from '../central/central-client.ts';
import { readPages } from '../central/read-pages.ts';
import type { DocumentKeeper } from '../database/kept-document.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';

export interface CachedCatalog {
  readonly catalog: Catalog;
  /** When central last said that it holds (epoch ms). */
  readonly asOf: number;
}

export interface CatalogCache {
  /** null: central never gave one that can be worked with. */
  current(): CachedCatalog | null;
  /** Looks whether central has another one; what doesn't validate is refused and the old one kept. */
  refresh(): Promise<'refreshed' | 'unchanged' | 'invalid' | 'unreachable'>;
}

export function createCatalogCache(parts: {
  client: CentralClient;
  keeper: DocumentKeeper;
  now(): number;
  log: Logger;
}): CatalogCache {
  const { client, keeper, now, log } = parts;
  const kept = keeper.read();
  let etag = kept?.etag ?? null;
  let current = kept === null ? null : parseKept(kept.body, kept.asOf);
  let running: ReturnType<CatalogCache['refresh']> | null = null;

  function keep(catalog: Catalog, newEtag: string | null): void {
    current = { catalog, asOf: now() };
    etag = newEtag;
    try {
      keeper.write({ version: catalog.version, etag, asOf: current.asOf, body: JSON.stringify(catalog) });
    } catch (error) {
      if (!isDiskFailure(error)) throw error;
      // The terminal works with it all the same, and asks for it again after its next start.
      log.error({ code: 'disk-failure' }, 'catalog not kept');
    }
  }

  async function load(): ReturnType<CatalogCache['refresh']> {
    const head = await client.call(
      {
        method: 'GET',
        path: CENTRAL_PATHS.catalog,
        headers: etag === null || current === null ? {} : { 'if-none-match': etag },
      },
      z.array(tmfCatalogSchema).min(1),
    );
    if (current !== null && head.kind === 'unchanged') {
      keep(current.catalog, etag);
      return 'unchanged';
    }
    if (head.kind !== 'ok') return 'unreachable';
    const version = head.body[0]?.version ?? '';
    const [offerings, prices] = await Promise.all([
      readPages(client, { path: CENTRAL_PATHS.productOffering }, tmfProductOfferingSchema),
      readPages(client, { path: CENTRAL_PATHS.productOfferingPrice }, tmfProductOfferingPriceSchema),
    ]);
    if (offerings.kind !== 'ok' || prices.kind !== 'ok') {
      const invalid = [offerings, prices].some((answer) => answer.kind === 'not-central' && answer.status === 200);
      if (invalid) log.error({ version }, 'catalog refused: its resources do not validate');
      return invalid ? 'invalid' : 'unreachable';
    }
    const catalog = catalogFromTmf(version, offerings.body, prices.body);
    if (!catalog.ok) {
      log.error({ version, offering: catalog.error.offeringId, problem: catalog.error.message }, 'catalog refused');
      return 'invalid';
    }
    keep(catalog.value, head.headers.etag);
    return 'refreshed';
  }

  return {
    current: () => current,
    refresh: () => {
      running ??= load().finally(() => {
        running = null;
      });
      return running;
    },
  };
}

function parseKept(body: string, asOf: number): CachedCatalog | null {
  try {
    const catalog = tolerant(catalogSchema).safeParse(JSON.parse(body));
    return catalog.success ? { catalog: catalog.data, asOf } : null;
  } catch {
    return null;
  }
}
