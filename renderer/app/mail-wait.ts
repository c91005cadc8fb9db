import { createContext, useContext, useEffect, useState } from 'react';
import { MAIL_WAIT_MS } from './idle.ts';

/** Another one of the same kind is a sign of life. */
export interface WaitElsewhere {
  readonly kind: 'mail' | 'phone';
}

export const WaitContext = createContext<(wait: WaitElsewhere | null) => void>(() => undefined);

/** For a screen that waits for a mail: the customer reads it elsewhere and has nothing to touch here meanwhile. */
export const useMailWait = (): void => useWaitElsewhere('mail', '');

/** For a screen that waits for the customer's phone. @param news what came of it so far */
export const usePhoneWait = (news: string): void => useWaitElsewhere('phone', news);

function useWaitElsewhere(kind: WaitElsewhere['kind'], news: string): void {
  const setAwaited = useContext(WaitContext);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came is waited on from anew
  useEffect(() => {
    setAwaited({ kind });
    return () => setAwaited(null);
  }, [setAwaited, kind, news]);
}

/** Whether the mail should have come by now. @param mails how many were asked for: one that is sent again is waited for anew */
export function useMailLate(isAwaited: boolean, mails: number): boolean {
  const [late, setLate] = useState<number | null>(null);
  useEffect(() => {
    if (!isAwaited) return undefined;
    const timer = setTimeout(() => setLate(mails), MAIL_WAIT_MS);
    return () => clearTimeout(timer);
  }, [isAwaited, mails]);
  return late === mails;
}
