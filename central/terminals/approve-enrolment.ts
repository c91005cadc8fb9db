import { createHash } from 'node:crypto';
import type { Provider } from 'oidc-provider';
import { ENROLMENT_SCOPE } from '../../shared/central-api/terminal-v1.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorCode } from '../start-failure.ts';
import type { Database } from '../store/schema.ts';

/** A terminal that shows a code and waits for somebody to approve it. */
export interface PendingEnrolment {
  readonly deviceCode: string;
  /** Epoch ms. */
  readonly requestedAt: number;
  /** Where the request came from, as far as central sees. */
  readonly address: string | null;
}

export type EnrolmentProblem = 'unknown-code' | 'expired-code' | 'already-approved';

/** An approval that nobody collected gives its terminal code back. */
const UNCOLLECTED_MS = 20 * 60 * 1000;
const UNIQUE_VIOLATION = '23505';

export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

type DeviceCode = InstanceType<Provider['DeviceCode']>;

/** @param typed as a person types it: any case, with or without the dash */
export async function findEnrolment(
  provider: Provider,
  typed: string,
  now: number,
): Promise<Result<PendingEnrolment, EnrolmentProblem>> {
  const found = await findDeviceCode(provider, typed, now);
  if (!found.ok) return found;
  const { jti, iat, deviceInfo } = found.value;
  const address = deviceInfo?.['ip'];
  return ok({ deviceCode: jti, requestedAt: iat * 1000, address: typeof address === 'string' ? address : null });
}

async function findDeviceCode(
  provider: Provider,
  typed: string,
  now: number,
): Promise<Result<DeviceCode, EnrolmentProblem>> {
  const code = await provider.DeviceCode.findByUserCode(typed.toUpperCase().replaceAll(/[^A-Z]/g, ''), {
    ignoreExpiration: true,
  });
  if (code === undefined) return err('unknown-code');
  if (code.accountId !== undefined || code.consumed !== undefined) return err('already-approved');
  return (code.exp ?? 0) * 1000 <= now ? err('expired-code') : ok(code);
}

/** Binds the terminal that shows this code to a shop, under a terminal code that was never given to a machine before. */
export async function approveEnrolment(
  { db, provider, now }: { db: Database; provider: Provider; now: number },
  approval: { userCode: string; shop: string; terminalCode: string; approvedBy: string },
): Promise<Result<void, EnrolmentProblem | 'code-taken'>> {
  const found = await findDeviceCode(provider, approval.userCode, now);
  if (!found.ok) return found;
  const deviceCode = found.value;
  await db
    .deleteFrom('terminals')
    .where('client_id', 'is', null)
    .where('approved_at', '<', new Date(now - UNCOLLECTED_MS))
    .execute();
  try {
    const reserved = await db
      .insertInto('terminals')
      .values({
        code: approval.terminalCode,
        shop: approval.shop,
        device_code_hash: hashOf(deviceCode.jti),
        approved_by: approval.approvedBy,
        approved_at: new Date(now),
        client: null,
      })
      // Two managers at once: the first one's choice counts.
      .onConflict((conflict) => conflict.column('device_code_hash').doNothing())
      .executeTakeFirst();
    if (reserved.numInsertedOrUpdatedRows === 0n) return err('already-approved');
  } catch (error) {
    if (errorCode(error) !== UNIQUE_VIOLATION) throw error;
    return err('code-taken');
  }
  const { clientId } = deviceCode;
  if (clientId === undefined) throw new Error('a device code without its client');
  const grant = new provider.Grant({ clientId, accountId: approval.approvedBy });
  grant.addOIDCScope(ENROLMENT_SCOPE);
  deviceCode.grantId = await grant.save();
  deviceCode.accountId = approval.approvedBy;
  deviceCode.scope = ENROLMENT_SCOPE;
  deviceCode.authTime = Math.floor(now / 1000);
  await deviceCode.save();
  return ok(undefined);
}

/** The first code of the form T01, T02, … that no machine ever had. */
export async function nextTerminalCode(db: Database): Promise<string> {
  const taken = new Set((await db.selectFrom('terminals').select('code').execute()).map(({ code }) => code));
  for (let number = 1; ; number += 1) {
    const code = `T${String(number).padStart(2, '0')}`;
    if (!taken.has(code)) return code;
  }
}
