import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** Whose tokens are let in; `none`: no token is asked for. */
export type Who = 'operator' | 'staff' | 'customer' | 'terminal' | 'none';

export interface Operation {
  readonly method: Method;
  /** As Fastify has it: `/x/:id`. */
  readonly url: string;
  readonly tag: string;
  readonly summary: string;
  readonly who: readonly Who[];
  readonly request?: z.ZodType;
  readonly query?: readonly string[];
  readonly headers?: readonly string[];
  readonly response: {
    readonly status: 200 | 201 | 204;
    /** Absent: no body, or one that says nothing. */
    readonly schema?: z.ZodType;
    /** A body that fits the schema. */
    readonly example?: unknown;
  };
}

/** TMF630's query of a list; attributes filter as well. */
export const LIST_QUERY = ['fields', 'offset', 'limit', 'sort'] as const;
