import { accountFromTmf, tmfDigitalIdentitySchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { CentralClient } from '../central/central-client.ts';
import { readPages } from '../central/read-pages.ts';

/** TMF720. A BSS without it has no accounts to show. @returns null: central can't be reached, or gave no proper answer */
export async function fetchAccounts(
  client: CentralClient,
  input: { customerNumber: string; bearer: string; timeoutMs: number },
): Promise<readonly Account[] | null> {
  const { customerNumber, ...request } = input;
  const answer = await readPages(
    client,
    { ...request, path: CENTRAL_PATHS.digitalIdentity, query: { 'relatedParty.id': customerNumber } },
    tmfDigitalIdentitySchema,
  );
  if (answer.kind === 'error' && [404, 405, 501].includes(answer.status)) return [];
  return answer.kind === 'ok' ? answer.body.flatMap((identity) => accountFromTmf(identity) ?? []) : null;
}
