import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sendHtml } from '../http/html.ts';
import { openApiDocument, type Route } from './document.ts';
import { referencePage } from './reference-page.ts';

const methodSchema = z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']);
/** What programs speak; pages for browsers are no part of it. */
const API = /^\/(tmf-api|terminal|oauth|\.well-known)\/|^\/operator\/(?!sign-)/;

/** Notes every route of the APIs from here on. Answers to wrong methods and unknown paths are none. */
export function noteRoutes(app: FastifyInstance): readonly Route[] {
  const routes: Route[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (!API.test(url) || url.endsWith('*') || config?.isWrongMethod === true) return;
    for (const one of [method].flat()) {
      const known = methodSchema.safeParse(one);
      if (known.success) routes.push({ method: known.data, url });
    }
  });
  return routes;
}

/** For everyone: what can be asked of central, for programs and for people. */
export function openApiRoutes(app: FastifyInstance, routes: readonly Route[], publicUrl: () => string): void {
  let document: string | null = null;
  app.get('/openapi.json', (_request, reply) => {
    document ??= JSON.stringify(openApiDocument(routes, publicUrl()));
    return reply.type('application/json; charset=utf-8').send(document);
  });
  app.get('/openapi', (_request, reply) => sendHtml(reply, referencePage(routes)));
}
