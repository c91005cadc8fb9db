import type { z } from 'zod';

/**
 * What a central of a later version tells besides is left out, however deep: one that is updated before its terminals is
 * still understood. null: it isn't what was asked for.
 */
export function readAnswer<T>(schema: z.ZodType<T>, json: unknown): { readonly value: T } | null {
  const parsed = schema.safeParse(json);
  if (parsed.success) return { value: parsed.data };
  const known = structuredClone(json);
  for (const issue of parsed.error.issues) {
    if (issue.code !== 'unrecognized_keys') return null;
    const holder = at(known, issue.path);
    for (const key of issue.keys) Reflect.deleteProperty(holder, key);
  }
  const again = schema.safeParse(known);
  return again.success ? { value: again.data } : null;
}

function at(json: unknown, path: readonly PropertyKey[]): object {
  let value = json;
  for (const key of path) value = isObject(value) ? Reflect.get(value, key) : null;
  return isObject(value) ? value : {};
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
