import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type AuthorizationServer, authorizationServerSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { CorrectedClock } from './corrected-clock.ts';
import type { Transport } from './transport.ts';

export interface AuthorizationServerReader {
  /** Central's word on itself, asked for once; null: no answer of central's. */
  get(): Promise<AuthorizationServer | null>;
  /** Something was refused: ask again, for the address as well as for the time. */
  forget(): void;
}

const TIMEOUT_MS = 5_000;

/** An assertion needs central's name and central's time; both come with its metadata (RFC 8414). */
export function readAuthorizationServer(parts: {
  transport: Transport;
  clock: CorrectedClock;
}): AuthorizationServerReader {
  let known: AuthorizationServer | null = null;
  return {
    get: async () => {
      if (known !== null) return known;
      const learn = parts.clock.asking();
      const answer = await parts.transport.send({
        method: 'GET',
        path: CENTRAL_PATHS.authorizationServer,
        headers: {},
        timeoutMs: TIMEOUT_MS,
      });
      if (answer.kind === 'no-answer' || answer.status !== 200) return null;
      const metadata = authorizationServerSchema.safeParse(answer.json);
      if (!metadata.success) return null;
      learn(answer.headers.date);
      known = metadata.data;
      return known;
    },
    forget: () => {
      known = null;
    },
  };
}
