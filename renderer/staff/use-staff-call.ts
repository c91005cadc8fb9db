import type { ClientPromiseResult } from '@orpc/client';
import { useCallback } from 'react';
import type { Answer } from '../app/connection.ts';
import type { Client } from '../app/channel.ts';
import { useTerminal, useTerminalState } from '../app/terminal-context.tsx';

type StaffCall = <Output, Failure>(
  run: (client: Client, staffSessionId: string) => ClientPromiseResult<Output, Failure>,
) => Promise<Answer<Output, Failure>>;

/** Calls that only staff at work may make. Sent once: a test prints, and paper can't be taken back. */
export function useStaffCall(): StaffCall {
  const { connection, staff } = useTerminal();
  const staffSessionId = useTerminalState().staff?.staffSessionId;
  return useCallback(
    async (run) => {
      if (staffSessionId === undefined) return { kind: 'failed', correlationId: null };
      const answer = await connection.askOnce((client) => run(client, staffSessionId));
      if (answer.kind === 'refused' && isAboutStaff(answer.error)) staff.gone(staffSessionId);
      return answer;
    },
    [connection, staff, staffSessionId],
  );
}

const isAboutStaff = ({ code }: { readonly code: string }): boolean => code === 'STAFF_GONE' || code === 'STAFF_AWAY';
