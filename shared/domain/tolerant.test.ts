import { expect, it } from 'vitest';
import { z } from 'zod';
import { tolerant } from './tolerant.ts';

it('leaves out what it does not know, and nothing else', () => {
  const schema = tolerant(z.strictObject({ calls: z.array(z.strictObject({ id: z.string() })) }));
  const json = { calls: [{ id: '1', more: 1 }, { id: '2' }], other: {} };
  expect(schema.parse(json)).toEqual({ calls: [{ id: '1' }, { id: '2' }] });
  expect(json.calls[0]).toHaveProperty('more');
  expect(schema.safeParse({ calls: [{ id: 1, more: 1 }] }).success).toBe(false);
  expect(schema.safeParse({ other: {} }).success).toBe(false);
  expect(schema.safeParse('<html>').success).toBe(false);
});

it('takes of several forms the one that knows most of it', () => {
  const short = z.strictObject({ id: z.string() });
  const long = z.strictObject({ id: z.string(), name: z.string() });
  const schema = tolerant(z.strictObject({ of: z.union([short, long, z.null()]) }));
  expect(schema.parse({ of: { id: '1', name: 'x', more: [] } })).toEqual({ of: { id: '1', name: 'x' } });
  expect(schema.parse({ of: { id: '1', more: [] } })).toEqual({ of: { id: '1' } });
  expect(schema.safeParse({ of: { id: 1, more: [] } }).success).toBe(false);
});

it('is no reason for one that has a value for what it cannot read', () => {
  const schema = z.object({ kept: tolerant(z.strictObject({ id: z.string() }).nullable()).catch(null) });
  expect(schema.parse({ kept: { id: '1', more: 1 } })).toEqual({ kept: { id: '1' } });
  expect(schema.parse({ kept: { id: 1 } })).toEqual({ kept: null });
});
