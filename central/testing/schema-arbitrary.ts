import fc from 'fast-check';
import { z } from 'zod';

const nodeSchema = z.looseObject({
  type: z.string().optional(),
  const: z.unknown().optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.unknown()).optional(),
  oneOf: z.array(z.unknown()).optional(),
  allOf: z.array(z.unknown()).optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

/** What tries to be more than a value wherever it lands. */
const HOSTILE = [
  ...[
    "' or 1=1 --",
    '"; drop table customers; --',
    '$' + '{7*7}',
    '{{7*7}}',
    '../../etc/passwd',
    '<script>alert(1)</script>',
  ],
  ...['\u0000', '\ud800', '\u202e', 'a'.repeat(5_000), '%s%n', '4111111111111111', '1e999'],
];

const junk = fc.oneof(
  fc.constantFrom<unknown>(...HOSTILE),
  fc.constantFrom<unknown>(
    null,
    -1,
    1e308,
    true,
    [],
    {},
    [[]],
    [null],
    { $ne: null },
    { constructor: { prototype: {} } },
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Bodies that look like what a JSON Schema asks for, with wrong parts, missing parts and parts nobody asked for. */
export function almost(schema: unknown): fc.Arbitrary<unknown> {
  return fc.oneof({ arbitrary: shaped(schema), weight: 6 }, { arbitrary: junk, weight: 1 });
}

function shaped(schema: unknown): fc.Arbitrary<unknown> {
  const parsed = nodeSchema.safeParse(schema);
  if (!parsed.success) return junk;
  const node = parsed.data;
  if ('const' in node) return fc.constant(node.const);
  if (node.enum !== undefined) return fc.constantFrom(...node.enum);
  const choices = node.anyOf ?? node.oneOf ?? node.allOf;
  if (choices !== undefined && choices.length > 0) return fc.oneof(...choices.map(almost));
  switch (node.type) {
    case 'object': {
      const own = Object.entries(node.properties ?? {}).map(([key, value]) => [key, almost(value)] as const);
      const members = fc.record(Object.fromEntries(own), { requiredKeys: own.slice(0, 4).map(([key]) => key) });
      const others = fc.dictionary(fc.string({ maxLength: 8 }), junk, { maxKeys: 1 });
      return fc.tuple(members, others).map(([value, more]) => ({ ...more, ...value }));
    }
    case 'array':
      return fc.array(almost(node.items), { maxLength: 3 });
    case 'string':
      return fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom(...HOSTILE),
        fc.uuid(),
        fc.constant('2026-11-18T03:00:00Z'),
      );
    case 'integer':
    case 'number':
      return fc.oneof(fc.integer(), fc.double());
    case 'boolean':
      return fc.boolean();
    case undefined:
    default:
      return junk;
  }
}

/** For an address, which holds no half of a character. */
export const hostileText = fc.constantFrom(...HOSTILE.filter((text) => !/[\ud800-\udfff]/.test(text)));
