import { expect, it } from 'vitest';
import { z } from 'zod';
import { OPERATIONS } from '../../../central/openapi/document.ts';
import { readAnswer } from './read-answer.ts';

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
    expect([name, readAnswer(schema, fromLater(example))]).not.toEqual([name, null]);
  }
});

it('leaves out what it does not know, and nothing else', () => {
  const schema = z.strictObject({ calls: z.array(z.strictObject({ id: z.string() })) });
  const json = { calls: [{ id: '1', more: 1 }, { id: '2' }], other: {} };
  expect(readAnswer(schema, json)).toEqual({ value: { calls: [{ id: '1' }, { id: '2' }] } });
  expect(readAnswer(schema, { calls: [{ id: 1, more: 1 }] })).toBeNull();
  expect(readAnswer(schema, { other: {} })).toBeNull();
  expect(readAnswer(schema, '<html>')).toBeNull();
});
