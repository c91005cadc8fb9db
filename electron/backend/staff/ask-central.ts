import type { z } from 'zod';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient, CentralRequest } from '../central/central-client.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { StaffSessions } from './staff-sessions.ts';

/** `gone`: signed out, or ended. `away`: locked, the screen is with the customer, or it is no counter's. */
export type StaffError = { readonly code: 'gone' | 'away' | 'unreachable' };

export type AnswerToStaff<T> = Extract<CentralAnswer<T>, { kind: 'ok' | 'error' }>;

export interface CentralForStaff {
  /** Central can be asked in staff's name now. */
  hasCentral(staffSessionId: string): boolean;
  /** Asks central in staff's name. An error that is about the matter and not about staff is central's answer too. */
  ask<T>(
    staffSessionId: string,
    request: Omit<CentralRequest, 'bearer'>,
    schema: z.ZodType<T>,
  ): Promise<Result<AnswerToStaff<T>, StaffError>>;
  /** What staff's own token was refused for: it ran out, or they may not work here any more. */
  refusal(
    staffSessionId: string,
    answer: Exclude<CentralAnswer<unknown>, { kind: 'ok' }>,
  ): { code: 'gone' | 'unreachable' };
}

export function createCentralForStaff(parts: {
  kept: StaffSessions;
  client: CentralClient;
  connectivity: Connectivity;
}): CentralForStaff {
  const { kept, client, connectivity } = parts;

  const refusal: CentralForStaff['refusal'] = (id, answer) => {
    if (answer.kind === 'error' && (answer.status === 401 || answer.status === 403)) {
      kept.end(id);
      return { code: 'gone' };
    }
    void connectivity.suspect();
    return { code: 'unreachable' };
  };

  return {
    hasCentral: (id) => (kept.find(id)?.accessToken ?? null) !== null && connectivity.state() === 'reachable',
    ask: async (id, request, schema) => {
      const entry = kept.atWork(id);
      if (!entry.ok) return entry;
      const { accessToken } = entry.value;
      if (accessToken === null || connectivity.state() === 'unreachable') return err({ code: 'unreachable' });
      const answer = await client.call({ ...request, bearer: accessToken }, schema);
      if (answer.kind === 'ok') return ok(answer);
      const isAboutTheMatter = answer.kind === 'error' && ![401, 403, 408, 429].includes(answer.status);
      return isAboutTheMatter && answer.status < 500 ? ok(answer) : err(refusal(id, answer));
    },
    refusal,
  };
}
