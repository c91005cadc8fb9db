import { accountFromTmf, PORTAL_IDENTITY, tmfDigitalIdentitySchema } from '../../../shared/central-api/accounts.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Account } from '../../../shared/domain/account.ts';
import type { CentralClient } from '../central/central-client.ts';
import { readPages } from '../central/read-pages.ts';

interface Identities {
  readonly accounts: readonly Account[];
  /** iTSCOM ID */
  readonly loginId: string | null;
}

/** TMF720. A BSS without it has no accounts to show. @returns null: central can't be reached, or gave no proper answer */
export async function fetchAccounts(
  client: CentralClient,
  input: { customerNumber: string; bearer: string; timeoutMs: number },
): Promise<Identities | null> {
  const { customerNumber, ...request } = input;
  const answer = await readPages(
    client,
    { ...request, path: CENTRAL_PATHS.digitalIdentity, query: { 'relatedParty.id': customerNumber } },
    tmfDigitalIdentitySchema,
  );
  if (answer.kind === 'error' && [404, 405, 501].includes(answer.status)) return { accounts: [], loginId: null };
  if (answer.kind !== 'ok') return null;
  return {
    accounts: answer.body.flatMap((identity) => accountFromTmf(identity) ?? []),
    loginId: answer.body.find((identity) => identity['@type'] === PORTAL_IDENTITY)?.nickname ?? null,
  };
}
