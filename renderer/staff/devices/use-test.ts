import type { ClientPromiseResult } from '@orpc/client';
import { useCallback, useState } from 'react';
import type { Client } from '../../app/channel.ts';
import { useStaffCall } from '../use-staff-call.ts';

export type TestState<Found> =
  | { readonly kind: 'untested' | 'running' }
  /** The terminal's own program didn't answer. */
  | { readonly kind: 'unanswered' }
  | { readonly kind: 'found'; readonly found: Found };

export interface DeviceTest<Found> {
  readonly state: TestState<Found>;
  run(): Promise<void>;
}

export function useTest<Found, Failure>(
  call: (client: Client, staffSessionId: string) => ClientPromiseResult<Found, Failure>,
): DeviceTest<Found> {
  const ask = useStaffCall();
  const [state, setState] = useState<TestState<Found>>({ kind: 'untested' });
  const run = useCallback(async () => {
    setState({ kind: 'running' });
    const answer = await ask(call);
    setState(answer.kind === 'ok' ? { kind: 'found', found: answer.value } : { kind: 'unanswered' });
  }, [ask, call]);
  return { state, run };
}
