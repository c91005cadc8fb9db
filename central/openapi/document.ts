import { z } from 'zod';
import { tmfErrorSchema } from '../../shared/central-api/common.ts';
import { HOUSE_OPERATIONS } from './house-operations.ts';
import type { Method, Operation } from './operation.ts';
import { TMF_OPERATIONS } from './tmf-operations.ts';

export interface Route {
  readonly method: Method;
  readonly url: string;
}

export const OPERATIONS: readonly Operation[] = [...TMF_OPERATIONS, ...HOUSE_OPERATIONS];

/** What a route is, as far as it was described. */
export interface DescribedRoute {
  readonly route: Route;
  readonly operation: Operation | null;
}

export function describeRoutes(routes: readonly Route[]): DescribedRoute[] {
  const described = new Map(OPERATIONS.map((operation) => [`${operation.method} ${operation.url}`, operation]));
  return routes.map((route) => ({ route, operation: described.get(`${route.method} ${route.url}`) ?? null }));
}

type Json = Readonly<Record<string, unknown>>;

/** OpenAPI 3.1 of the routes that there are. */
export function openApiDocument(routes: readonly Route[], publicUrl: string): Json {
  const paths: Record<string, Record<string, Json>> = {};
  for (const { route, operation } of describeRoutes(routes)) {
    const path = route.url.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationObject(route, operation) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Madoguchi central', version: 'v4' },
    servers: [{ url: publicUrl }],
    security: [{ bearer: [] }],
    paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: { Error: jsonSchema(tmfErrorSchema, 'output') },
      responses: {
        Error: {
          description: 'TMF630 error',
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
        },
      },
    },
  };
}

function operationObject({ url }: Route, operation: Operation | null): Json {
  const inPath = [...url.matchAll(/:(\w+)/g)].map(([, name = '']) => parameter('path', name));
  if (operation === null) {
    return { ...(inPath.length === 0 ? {} : { parameters: inPath }), responses: { default: ERROR } };
  }
  const parameters = [
    ...inPath,
    ...(operation.query ?? []).map((name) => parameter('query', name)),
    ...(operation.headers ?? []).map((name) => parameter('header', name)),
  ];
  const { response, request, method } = operation;
  const requestType = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
  return {
    tags: [operation.tag],
    summary: operation.summary,
    'x-callers': operation.who,
    ...(operation.who.includes('none') ? { security: [] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(request === undefined
      ? {}
      : { requestBody: { required: true, content: { [requestType]: { schema: jsonSchema(request, 'input') } } } }),
    responses: {
      [response.status]: {
        description: DESCRIPTIONS[response.status],
        ...(response.schema === undefined
          ? {}
          : {
              content: {
                'application/json': {
                  schema: jsonSchema(response.schema, 'output'),
                  ...(response.example === undefined ? {} : { example: response.example }),
                },
              },
            }),
      },
      default: ERROR,
    },
  };
}

const ERROR = { $ref: '#/components/responses/Error' } as const;
const DESCRIPTIONS = { 200: 'OK', 201: 'Created', 204: 'No Content' } as const;

const parameter = (where: 'path' | 'query' | 'header', name: string): Json => ({
  ...{ name, in: where, schema: { type: 'string' } },
  ...(where === 'path' ? { required: true } : {}),
});

export function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
}
