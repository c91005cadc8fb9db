import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type IdentityPolicy, identityPolicySchema } from '../../shared/domain/identity-policy.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { errorText, type StartFailure } from '../start-failure.ts';

const POLICY = join('resources', 'identity', 'policy.json');

/** The policy that comes with the program, whether it runs from its sources or built. @param from a folder of the program */
export function shippedIdentityPolicyPath(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, POLICY);
    if (existsSync(candidate) || folder === dirname(folder)) return candidate;
  }
}

export function loadIdentityPolicy(path: string): Result<IdentityPolicy, StartFailure> {
  try {
    const parsed = identityPolicySchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    if (parsed.success) return ok(parsed.data);
    const [issue] = parsed.error.issues;
    return err({ code: 'options', message: `${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` });
  } catch (error) {
    return err({ code: 'options', message: `${path}: ${errorText(error)}` });
  }
}
