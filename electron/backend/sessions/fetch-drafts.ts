import { z } from 'zod';
import { type KeptDraft, keptDraftSchema } from '../../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { CentralClient } from '../central/central-client.ts';

const listSchema = z.array(keptDraftSchema);

/** @returns null: central keeps no drafts. undefined: it can't be reached, or gave no proper answer */
export async function fetchDrafts(
  client: CentralClient,
  { bearer, timeoutMs }: { bearer: string; timeoutMs: number },
): Promise<KeptDraft[] | null | undefined> {
  const answer = await client.call({ method: 'GET', path: CENTRAL_PATHS.drafts, bearer, timeoutMs }, listSchema);
  if (answer.kind === 'ok') return answer.body;
  return answer.kind === 'error' && [404, 405, 501].includes(answer.status) ? null : undefined;
}
