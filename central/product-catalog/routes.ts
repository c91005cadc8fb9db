import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { offeringToTmf } from '../../shared/central-api/product-catalog.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import { listMemory } from '../http/list-memory.ts';
import { parseListQuery } from '../http/list-query.ts';
import { type Resource, sendPage, sendResource } from '../http/reply.ts';
import { NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';

/** TMF620: read only, the same for every caller, unchanged while central runs. */
export function productCatalogRoutes(app: FastifyInstance, catalog: Catalog, publicUrl: () => string): void {
  const content = createHash('sha256').update(JSON.stringify(catalog)).digest('hex').slice(0, 16);
  const kinds = ['catalog', 'productOffering', 'productOfferingPrice'] as const;
  let resources: Record<(typeof kinds)[number], readonly Resource[]> | null = null;
  // The address is known once central listens.
  const resourcesOf = (kind: (typeof kinds)[number]): readonly Resource[] => {
    resources ??= catalogResources(catalog, publicUrl());
    return resources[kind];
  };
  for (const kind of kinds) {
    const path = CENTRAL_PATHS[kind];
    app.get(path, async (request, reply) => {
      const query = parseListQuery(request.query);
      if (!query.ok) return sendFailure(reply, query.error);
      const etag = etagOf(content, request.url);
      reply.header('etag', etag);
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return sendPage(reply, query.value, listMemory(resourcesOf(kind), query.value));
    });
    app.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
      const query = parseListQuery(request.query);
      if (!query.ok) return sendFailure(reply, query.error);
      const resource = resourcesOf(kind).find(({ id }) => id === request.params.id);
      if (resource === undefined) return sendFailure(reply, NOT_FOUND);
      const etag = etagOf(content, request.url);
      reply.header('etag', etag);
      if (matches(request.headers['if-none-match'], etag)) return reply.code(304).send();
      return sendResource(reply, query.value, resource);
    });
  }
}

function catalogResources(catalog: Catalog, publicUrl: string) {
  // A catalog's version begins with the day of its last change.
  const lastUpdate = `${catalog.version.slice(0, 10)}T00:00:00+09:00`;
  const offerings = catalog.offerings.map((offering) =>
    offeringToTmf(offering, lastUpdate, (kind, id) => `${publicUrl}${CENTRAL_PATHS[kind]}/${id}`),
  );
  const id = 'catalog';
  return {
    catalog: [
      {
        id,
        href: `${publicUrl}${CENTRAL_PATHS.catalog}/${id}`,
        name: id,
        version: catalog.version,
        lastUpdate,
        lifecycleStatus: 'Active',
        '@type': 'Catalog',
      },
    ],
    productOffering: offerings.map(({ offering }) => offering),
    productOfferingPrice: offerings.flatMap(({ prices }) => prices),
  };
}

function etagOf(content: string, url: string): string {
  return `"${content}-${createHash('sha256').update(url).digest('hex').slice(0, 16)}"`;
}

function matches(ifNoneMatch: string | undefined, etag: string): boolean {
  const known = (ifNoneMatch ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(etag);
}
