import type { IdentityCheck } from '../../shared/domain/identity-policy.ts';
import type { DatabaseTransaction } from '../store/schema.ts';

/** A correction of a correction, and so on. */
const MOST_CORRECTIONS = 20;

/**
 * Whether each picture that is said to have come from a phone did, for this application at this terminal and as what it
 * is named; and no other.
 */
export async function cameAsNamed(
  transaction: DatabaseTransaction,
  of: {
    readonly applicationId: string;
    readonly replaces: string | undefined;
    readonly terminal: string | null;
    readonly sessionId: string;
  },
  checks: readonly IdentityCheck[],
): Promise<boolean> {
  const named = checks.flatMap(({ person, document, pictures = [] }) =>
    pictures.map((picture) => ({ ...picture, person, document })),
  );
  if (named.length === 0) return true;
  const hashes = named.map(({ captureId }) => captureId);
  const known = await transaction.selectFrom('phone_captures').selectAll().where('hash', 'in', hashes).execute();
  if (known.length === 0) return named.every(({ byPhone }) => byPhone !== true);
  const own = await withCorrected(transaction, of.applicationId, of.replaces);
  return named.every(({ captureId, person, document, side, byPhone }) => {
    const rows = known.filter(({ hash }) => hash === captureId);
    if (byPhone !== true) return rows.length === 0;
    return rows.some(
      (row) =>
        own.includes(row.application_id) &&
        (row.application_id !== of.applicationId || row.session_id === of.sessionId) &&
        row.terminal_code === of.terminal &&
        row.person === person &&
        row.document === document &&
        row.side === side,
    );
  });
}

/** A correction takes over the pictures of what it corrects. */
async function withCorrected(
  transaction: DatabaseTransaction,
  applicationId: string,
  replaces: string | undefined,
): Promise<readonly string[]> {
  const own = [applicationId];
  for (let next = replaces ?? null; next !== null && own.length < MOST_CORRECTIONS; ) {
    own.push(next);
    const before = await transaction
      .selectFrom('product_orders')
      .select('replaces')
      .where('external_id', '=', next)
      .executeTakeFirst();
    next = before?.replaces ?? null;
  }
  return own;
}
