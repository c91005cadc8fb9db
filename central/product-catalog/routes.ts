import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { Catalog } from '../../shared/domain/catalog.ts';
import { callerOf } from '../http/authentication.ts';
import { listMemory } from '../http/list-memory.ts';
import { parseListQuery } from '../http/list-query.ts';
import type { ReadContext } from '../http/read-routes.ts';
import { type Resource, sendPage, sendResource } from '../http/reply.ts';
import { NOT_FOUND, sendFailure } from '../http/tmf-failure.ts';
import { writeRoutes } from '../http/write-routes.ts';
import { recordedKind, recordedResources } from './catalog-records.ts';
import { CATALOG_KINDS, type CatalogKind, catalogResources } from './catalog-resources.ts';

/** TMF620: what is sold, the same for every caller and unchanged while central runs, and operators' drafts for them. */
export function productCatalogRoutes(app: FastifyInstance, context: ReadContext & { readonly catalog: Catalog }): void {
  const { db, catalog, publicUrl } = context;
  let resources: ReturnType<typeof catalogResources> | null = null;
  // The address is known once central listens.
  const soldOf = (kind: CatalogKind): readonly Resource[] => {
    resources ??= catalogResources(catalog, publicUrl());
    return resources[kind];
  };
  const resourcesFor = async (request: FastifyRequest, kind: CatalogKind): Promise<readonly Resource[]> =>
    callerOf(request).kind === 'operator'
      ? [...soldOf(kind), ...(await recordedResources(db, kind, publicUrl()))]
      : soldOf(kind);
  const sold = (kind: CatalogKind) => new Set(soldOf(kind).map(({ id }) => id));

  for (const kind of CATALOG_KINDS) {
    const path = CENTRAL_PATHS[kind];
    app.get(path, async (request, reply) => {
      const query = parseListQuery(request.query);
      if (!query.ok) return sendFailure(reply, query.error);
      const all = await resourcesFor(request, kind);
      if (isKnown(request, reply, all)) return reply.code(304).send();
      return sendPage(reply, query.value, listMemory(all, query.value));
    });
    app.get<{ Params: { id: string } }>(`${path}/:id`, async (request, reply) => {
      const query = parseListQuery(request.query);
      if (!query.ok) return sendFailure(reply, query.error);
      const resource = (await resourcesFor(request, kind)).find(({ id }) => id === request.params.id);
      if (resource === undefined) return sendFailure(reply, NOT_FOUND);
      if (isKnown(request, reply, [resource])) return reply.code(304).send();
      return sendResource(reply, query.value, resource);
    });
    const { readable, writable } = recordedKind(kind, { clocks: context.clocks, sold });
    writeRoutes(app, context, readable, writable);
  }
}

/** Sets the ETag of what this address answers from. Whether the caller has that already. */
function isKnown(request: FastifyRequest, reply: FastifyReply, from: readonly Resource[]): boolean {
  const etag = etagOf(from, request.url);
  reply.header('etag', etag);
  const known = (request.headers['if-none-match'] ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return known.includes('*') || known.includes(etag);
}

function etagOf(from: readonly Resource[], url: string): string {
  return `"${sha256(`${digestOf(from)} ${url}`).slice(0, 32)}"`;
}

/** What is sold is asked for all the time, and always the same array. */
const digests = new WeakMap<readonly Resource[], string>();

function digestOf(resources: readonly Resource[]): string {
  const known = digests.get(resources) ?? sha256(JSON.stringify(resources));
  digests.set(resources, known);
  return known;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
