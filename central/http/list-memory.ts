import { z } from 'zod';
import type { Filter, ListQuery } from './list-query.ts';
import type { Page, Resource } from './reply.ts';

const timeSchema = z.iso.datetime({ offset: true });

/** Lists resources that are held in memory. Any attribute filters and sorts, `a.b` reaches into objects and arrays. */
export function listMemory(all: readonly Resource[], query: ListQuery): Page {
  const matching = all.filter((resource) =>
    query.filters.every((filter) =>
      valuesAt(resource, filter.attribute.split('.')).some((value) => fits(value, filter)),
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

function fits(value: unknown, { comparison, values }: Filter): boolean {
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
  const told = String(value);
  const own = measureOf(told);
  return values.some((text) => {
    const asked = measureOf(text);
    switch (comparison) {
      case 'eq':
        return told === text || own === asked;
      case 'gt':
        return own > asked;
      case 'gte':
        return own >= asked;
      case 'lt':
        return own < asked;
      case 'lte':
        return own <= asked;
    }
  });
}

/** A number, or a date-time as epoch ms, whose plus sign may have arrived as a space; NaN compares with nothing. */
function measureOf(text: string): number {
  const time = text.replace(' ', '+');
  return timeSchema.safeParse(time).success ? Date.parse(time) : Number(text.trim() === '' ? Number.NaN : text);
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
