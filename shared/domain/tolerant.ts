import { z } from 'zod';

/**
 * For what a program of another version wrote: what it tells besides is left out, however deep, and the rest is held to
 * the schema. So a later central is understood by the terminals of before, and so is what a later version left in a
 * database by the one that goes on with it.
 */
export function tolerant<T>(schema: z.ZodType<T>) {
  return z.unknown().transform((json, context): T => {
    const parsed = schema.safeParse(json);
    if (parsed.success) return parsed.data;
    const strange = strangersIn(parsed.error.issues, []);
    const again = strange === null ? parsed : schema.safeParse(without(strange, json));
    if (again.success) return again.data;
    context.addIssue({ code: 'custom', message: again.error.message });
    return z.NEVER;
  });
}

interface Strangers {
  readonly holder: readonly PropertyKey[];
  readonly keys: readonly string[];
}

/** null: it isn't for them alone that it was refused. */
function strangersIn(issues: readonly z.core.$ZodIssue[], under: readonly PropertyKey[]): readonly Strangers[] | null {
  const found: Strangers[] = [];
  for (const issue of issues) {
    const holder = [...under, ...issue.path];
    if (issue.code === 'unrecognized_keys') {
      found.push({ holder, keys: issue.keys });
    } else if (issue.code === 'invalid_union') {
      const closest = issue.errors
        .map((option) => strangersIn(option, holder) ?? [])
        .filter((option) => option.length > 0)
        .toSorted((one, other) => countOf(one) - countOf(other))[0];
      if (closest === undefined) return null;
      found.push(...closest);
    } else {
      return null;
    }
  }
  return found;
}

const countOf = (strangers: readonly Strangers[]): number => strangers.flatMap(({ keys }) => keys).length;

function without(strangers: readonly Strangers[], json: unknown): unknown {
  const known = copyOf(json);
  for (const { holder, keys } of strangers) {
    const object = at(known, holder);
    for (const key of keys) Reflect.deleteProperty(object, key);
  }
  return known;
}

function copyOf(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(copyOf);
  return isObject(json) ? Object.fromEntries(Object.entries(json).map(([key, value]) => [key, copyOf(value)])) : json;
}

function at(json: unknown, path: readonly PropertyKey[]): object {
  let value = json;
  for (const key of path) value = isObject(value) ? Reflect.get(value, key) : null;
  return isObject(value) ? value : {};
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;
