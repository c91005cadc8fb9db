import { Ajv2020 } from 'ajv/dist/2020.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { createAnyDatabase } from '../../tests/setup/test-postgres.ts';
import { call, signIn } from '../testing/client.ts';
import { startTestCentral, type TestCentral } from '../testing/test-central.ts';
import { describeRoutes, jsonSchema, OPERATIONS, type Route } from './document.ts';

const contentSchema = z.object({
  'application/json': z.object({ schema: z.record(z.string(), z.unknown()), example: z.unknown().optional() }),
});
const documentSchema = z.looseObject({
  openapi: z.literal('3.1.0'),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.looseObject({
        summary: z.string().optional(),
        responses: z.record(z.string(), z.looseObject({ content: contentSchema.optional() })),
      }),
    ),
  ),
});
const ajv = new Ajv2020({ strict: false, validateFormats: false });

describe('the OpenAPI document', () => {
  let central: TestCentral;
  let document: z.infer<typeof documentSchema>;

  beforeAll(async () => {
    central = await startTestCentral(await createAnyDatabase('openapi'));
    document = documentSchema.parse((await call(`${central.url}/openapi.json`)).json());
  });
  afterAll(() => central.dispose());

  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );
  const routeOf = ({ path, method }: { path: string; method: string }): Route => ({
    method: z.enum(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']).parse(method.toUpperCase()),
    url: path.replaceAll(/\{(\w+)\}/g, ':$1'),
  });

  it('describes every route of the APIs, and none that there is not', () => {
    const described = describeRoutes(operations().map(routeOf));
    const missing = described.filter(({ operation }) => operation === null).map(({ route }) => route);
    expect(missing, 'describe it in central/openapi/…-operations.ts').toEqual([]);
    expect(described).toHaveLength(OPERATIONS.length);
  });

  it('refuses what it does not know in requests of the house API, but in heartbeats', () => {
    const isOpen = (schema: unknown): boolean => {
      const node = z.record(z.string(), z.unknown()).safeParse(schema).data ?? {};
      const takesMore = node['properties'] !== undefined && node['additionalProperties'] !== false;
      return takesMore || Object.values(node).some((inner) => [inner].flat().some(isOpen));
    };
    const open = OPERATIONS.flatMap(({ method, url, tag, request }) =>
      request !== undefined && !tag.startsWith('TMF') && isOpen(jsonSchema(request, 'input'))
        ? [`${method} ${url}`]
        : [],
    );
    expect(open).toEqual([`POST ${CENTRAL_PATHS.heartbeat}`]);
  });

  it('gives examples that fit their schemas', () => {
    const examples = operations().flatMap(({ path, operation }) =>
      Object.values(operation.responses).flatMap(({ content }) => {
        const json = content?.['application/json'];
        return json?.example === undefined ? [] : [{ path, ...json }];
      }),
    );
    expect(examples.length).toBeGreaterThan(50);
    for (const { path, schema, example } of examples) {
      ajv.validate(schema, example);
      expect([path, ajv.errors]).toEqual([path, null]);
    }
  });

  it('fits what central answers', async () => {
    const operator = await central.tokens.forOperator(['tmf.read', 'tmf.write', 'operator']);
    const taro = await signIn(central.url, 'taro@example.jp');
    for (const { path, method, operation } of operations()) {
      const { status, schema } = OPERATIONS.find((one) => one.method === method.toUpperCase() && one.url === path)
        ?.response ?? { status: 0 };
      if (method !== 'get' || status !== 200 || schema === undefined) continue;
      const token = path.startsWith('/terminal/') ? taro.terminalToken : operator;
      const answer = await call(`${central.url}${path}`, { token });
      // Staff's own paths are closed to these two.
      if (answer.status === 403) continue;
      expect([path, answer.status]).toEqual([path, 200]);
      ajv.validate(operation.responses['200']?.content?.['application/json'].schema ?? {}, answer.json());
      expect([path, ajv.errors]).toEqual([path, null]);
    }
  });

  it('comes as a page that runs and loads nothing', async () => {
    const page = await call(`${central.url}/openapi`);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    for (const { path } of operations()) expect(page.text).toContain(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    expect(page.text).not.toMatch(/<script|<link|<img/);
  });
});
