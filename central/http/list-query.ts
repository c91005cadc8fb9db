import { z } from 'zod';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { badRequest, type TmfFailure } from './tmf-failure.ts';

/** How a value compares with those of a filter. */
export type Comparison = 'eq' | 'gt' | 'gte' | 'lt' | 'lte';

export interface Filter {
  readonly attribute: string;
  readonly comparison: Comparison;
  readonly values: readonly string[];
}

/** TMF630 query of a list. Values of one filter are alternatives, filters narrow each other. */
export interface ListQuery {
  /** null: all. */
  readonly fields: readonly string[] | null;
  readonly offset: number;
  readonly limit: number;
  readonly sort: readonly { readonly attribute: string; readonly descending: boolean }[];
  readonly filters: readonly Filter[];
}

/** Also where no limit is asked for: a catalog comes whole, as clients that don't page expect it. */
export const MAX_LIMIT = 1000;

const countSchema = z
  .string()
  .regex(/^\d{1,9}$/)
  .transform(Number);
const querySchema = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

export function parseListQuery(query: unknown): Result<ListQuery, TmfFailure> {
  const parsed = querySchema.safeParse(query);
  if (!parsed.success) return err(badRequest('The query cannot be read'));
  const { fields, offset = '0', limit = String(MAX_LIMIT), sort, ...filters } = parsed.data;
  const counts = z.object({ offset: countSchema, limit: countSchema }).safeParse({ offset, limit });
  if (!counts.success) return err(badRequest('offset and limit are whole numbers'));
  return ok({
    fields: fields === undefined ? null : split(fields),
    offset: counts.data.offset,
    limit: Math.min(counts.data.limit, MAX_LIMIT),
    sort: (sort === undefined ? [] : split(sort)).map((key) => ({
      // A plus sign that was not escaped arrives as a space.
      attribute: key.replace(/^[-+ ]/, ''),
      descending: key.startsWith('-'),
    })),
    filters: Object.entries(filters).map(([key, values]) => filterOf(key, [values].flat())),
  });
}

const comparisonSchema = z.enum(['eq', 'gt', 'gte', 'lt', 'lte']);

/** @param key the attribute's name, perhaps with a comparison: `orderDate.gte` */
function filterOf(key: string, values: readonly string[]): Filter {
  const [, name = key, ending] = /^(.+)\.([a-z]+)$/.exec(key) ?? [];
  const compared = comparisonSchema.safeParse(ending);
  const [attribute, comparison] = compared.success ? [name, compared.data] : [key, 'eq' as const];
  return { attribute, comparison, values: values.flatMap((value) => alternativesOf(attribute, value)) };
}

/** `a=x,y` and `a=x;a=y` mean either; what has a comma of its own is found as well. */
function alternativesOf(attribute: string, value: string): string[] {
  return value.split(`;${attribute}=`).flatMap((part) => [...new Set([part, ...part.split(',')])]);
}

function split(value: string | readonly string[]): string[] {
  return [value].flat().flatMap((part) => part.split(','));
}
