import type { FastifyReply } from 'fastify';
import type { ListQuery } from './list-query.ts';
import { sendFailure } from './tmf-failure.ts';

/** A TMF resource as it is sent. */
export type Resource = Readonly<Record<string, unknown>> & { readonly id: string; readonly href: string };

export interface Page {
  /** How many match, whatever the page. */
  readonly total: number;
  readonly resources: readonly Resource[];
}

/** 200 for all that matches, 206 for a part of it, 416 for a page behind the end. */
export function sendPage(reply: FastifyReply, query: ListQuery, page: Page): FastifyReply {
  reply.header('x-total-count', page.total).header('x-result-count', page.resources.length);
  if (query.offset > 0 && query.offset >= page.total) {
    return sendFailure(reply, { status: 416, code: 'out-of-range', reason: `There are ${page.total}` });
  }
  return reply
    .code(page.resources.length < page.total ? 206 : 200)
    .send(page.resources.map((resource) => pickFields(resource, query.fields)));
}

export function sendResource(reply: FastifyReply, query: ListQuery, resource: Resource): FastifyReply {
  return reply.send(pickFields(resource, query.fields));
}

/** 201 with the new resource and where it is. */
export function sendCreated(reply: FastifyReply, resource: Resource): FastifyReply {
  return reply.code(201).header('location', resource.href).send(resource);
}

/** `fields=` chooses attributes of the first level; id and href always stay. */
export function pickFields(resource: Resource, fields: readonly string[] | null): Resource {
  if (fields === null) return resource;
  const wanted = new Set(['id', 'href', ...fields.map((field) => field.split('.')[0])]);
  const { id, href } = resource;
  return { ...Object.fromEntries(Object.entries(resource).filter(([key]) => wanted.has(key))), id, href };
}
