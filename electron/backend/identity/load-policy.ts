import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type IdentityPolicy, identityPolicySchema } from '../../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';

const FILE = join('identity', 'policy.json');

/** Read at start: a policy that can't be read must not show up before a customer. */
export function loadPolicy(resourcesDir: string): Result<IdentityPolicy, { code: 'policy-invalid'; file: string }> {
  try {
    const parsed = identityPolicySchema.safeParse(JSON.parse(readFileSync(join(resourcesDir, FILE), 'utf8')));
    return parsed.success ? ok(parsed.data) : err({ code: 'policy-invalid', file: FILE });
  } catch {
    return err({ code: 'policy-invalid', file: FILE });
  }
}
