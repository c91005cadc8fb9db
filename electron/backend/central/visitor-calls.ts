import type { z } from 'zod';
import { CODE_ERRORS, codeStateSchema } from '../../../shared/central-api/codes.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { CentralClient } from './central-client.ts';
import type { Connectivity } from './connectivity.ts';
import { throttleSeconds } from './throttle-seconds.ts';

export type VisitorError<Refusal extends string> =
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number }
  | { readonly code: 'unreachable' | 'code-wrong' | 'over' | Refusal };
export type VisitorAnswer<T, Refusal extends string> = Promise<Result<T, VisitorError<Refusal>>>;

/** Of a code that was mailed for a visit: `id` is what it was mailed for. */
interface MailedCode {
  readonly id: string;
  readonly sessionId: string;
}

/** Asks central on behalf of someone who isn't signed in, with the terminal's own token. Nothing of it stays here. */
export interface VisitorCalls<Refusal extends string> {
  /** @param body null: nothing is sent along @param bearer in place of the terminal's token */
  ask<T>(path: string, body: object | null, schema: z.ZodType<T>, bearer?: string): VisitorAnswer<T, Refusal>;
  codeState(code: MailedCode): VisitorAnswer<z.infer<typeof codeStateSchema>, Refusal>;
  prove(code: MailedCode, typed: string): VisitorAnswer<z.infer<typeof codeStateSchema>, Refusal>;
}

const TIMEOUT_MS = 10_000;

/** @param refusals what each of central's error codes comes to */
export function createVisitorCalls<Refusal extends string>(
  { client, connectivity }: { client: CentralClient; connectivity: Connectivity },
  refusals: ReadonlyMap<string, Refusal | 'over'>,
): VisitorCalls<Refusal> {
  const ask: VisitorCalls<Refusal>['ask'] = async (path, body, schema, bearer) => {
    const answer = await client.call(
      {
        method: body === null ? 'GET' : 'POST',
        path,
        timeoutMs: TIMEOUT_MS,
        ...(body === null ? {} : { body: JSON.stringify(body) }),
        ...(bearer === undefined ? {} : { bearer }),
      },
      schema,
    );
    if (answer.kind === 'ok') return ok(answer.body);
    if (answer.kind === 'error') {
      const refusal = refusals.get(answer.error.code);
      if (refusal !== undefined) return err({ code: refusal });
      if (answer.error.code === CODE_ERRORS.over) return err({ code: 'over' });
      if (answer.error.code === CODE_ERRORS.wrong) return err({ code: 'code-wrong' });
      if (answer.status === 429) {
        return err({ code: 'throttled', retryAfterSeconds: throttleSeconds(answer.headers.retryAfter) });
      }
    }
    void connectivity.suspect();
    return err({ code: 'unreachable' });
  };
  return {
    ask,
    codeState: ({ id, sessionId }) => ask(`${CENTRAL_PATHS.codes}/${id}?sessionId=${sessionId}`, null, codeStateSchema),
    prove: ({ id, sessionId }, code) => ask(`${CENTRAL_PATHS.codes}/${id}/proof`, { sessionId, code }, codeStateSchema),
  };
}
