import { z } from 'zod';
import type { CentralAnswer } from './central-answer.ts';
import type { CentralClient } from './central-client.ts';

const PAGE = 200;
/** Far above any catalog or customer; ends a server that never stops giving pages. */
const MOST_PAGES = 100;

/** All pages of a TMF630 list; the first answer that is none is returned as it is. */
export async function readPages<T>(
  client: CentralClient,
  request: { path: string; query?: Readonly<Record<string, string>>; bearer?: string; timeoutMs?: number },
  schema: z.ZodType<T>,
): Promise<CentralAnswer<T[]>> {
  const { path, query, ...rest } = request;
  const pageSchema = z.array(schema);
  const all: T[] = [];
  for (let page = 0; ; page += 1) {
    const parameters = new URLSearchParams({ ...query, offset: String(all.length), limit: String(PAGE) });
    const answer = await client.call({ method: 'GET', path: `${path}?${parameters.toString()}`, ...rest }, pageSchema);
    if (answer.kind !== 'ok') return answer;
    all.push(...answer.body);
    const total = Number(answer.headers.totalCount ?? Number.NaN);
    const last = Number.isNaN(total) ? answer.body.length < PAGE : all.length >= total;
    if (last || answer.body.length === 0 || page === MOST_PAGES) return { ...answer, body: all };
  }
}
