import type { ClientPromiseResult } from '@orpc/client';
import { useCallback, useEffect, useState } from 'react';
import type { Client } from './channel.ts';
import { useTerminal } from './terminal-context.tsx';

/**
 * What the backend says to a question that a screen opens with.
 * @param question the same function for as long as the question is the same
 * @param sessionId whose screen goes away when the answer is that its session is over
 */
export function useAnswer<Value, Failure>(
  question: (client: Client) => ClientPromiseResult<Value, Failure>,
  sessionId: string | null = null,
): { readonly value: Value | null; readonly isFailed: boolean; readonly retry: () => void } {
  const { connection, sessionGone } = useTerminal();
  const [value, setValue] = useState<Value | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let isWanted = true;
    setFailed(false);
    void connection.ask(question).then((answer) => {
      if (!isWanted) return;
      if (answer.kind === 'ok') setValue(answer.value);
      else if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE' && sessionId !== null) {
        sessionGone(sessionId);
      } else setFailed(true);
    });
    return () => {
      isWanted = false;
    };
  }, [connection, sessionGone, question, sessionId, attempt]);
  return { value, isFailed, retry };
}
