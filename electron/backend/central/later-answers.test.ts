import { expect, it } from 'vitest';
import { OPERATIONS } from '../../../central/openapi/document.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';

/** With something that nobody knows in each object of it. */
function fromLater(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(fromLater);
  if (typeof json !== 'object' || json === null) return json;
  return {
    ...Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fromLater(value)])),
    addedLater: 'x',
  };
}

it('reads each answer of a central that tells more', () => {
  const told = OPERATIONS.flatMap(({ method, url, response: { schema, example } }) =>
    schema === undefined || example === undefined ? [] : [{ name: `${method} ${url}`, schema, example }],
  );
  expect(told.length).toBeGreaterThan(50);
  for (const { name, schema, example } of told) {
    expect([name, tolerant(schema).safeParse(fromLater(example)).success]).toEqual([name, true]);
  }
});
