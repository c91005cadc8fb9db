import type { ListQuery } from './list-query.ts';
import type { Page, Resource } from './reply.ts';

/** Lists resources that are held in memory. Any attribute filters and sorts, `a.b` reaches into objects and arrays. */
export function listMemory(all: readonly Resource[], query: ListQuery): Page {
  const matching = all.filter((resource) =>
    query.filters.every(({ attribute, values }) =>
      valuesAt(resource, attribute.split('.')).some((value) => values.includes(String(value))),
    ),
  );
  const sorted = matching.toSorted((a, b) => {
    for (const { attribute, descending } of query.sort) {
      const order = compare(valuesAt(a, attribute.split('.'))[0], valuesAt(b, attribute.split('.'))[0]);
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  });
  return { total: matching.length, resources: sorted.slice(query.offset, query.offset + query.limit) };
}

function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, path));
  const [head, ...rest] = path;
  if (head === undefined) return [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, head)) return [];
  return valuesAt(Object.entries(value).find(([key]) => key === head)?.[1], rest);
}

/** Numbers by size, everything else by code unit; what lacks the attribute comes last. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (a === undefined || b === undefined) return Number(a === undefined) - Number(b === undefined);
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)];
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
