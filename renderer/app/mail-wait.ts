import { createContext, useContext, useEffect, useState } from 'react';
import { MAIL_WAIT_MS } from './idle.ts';

export const MailWaitContext = createContext<(isAwaited: boolean) => void>(() => undefined);

/** For a screen that waits for a mail: the customer reads it elsewhere and has nothing to touch here meanwhile. */
export function useMailWait(): void {
  const setAwaited = useContext(MailWaitContext);
  useEffect(() => {
    setAwaited(true);
    return () => setAwaited(false);
  }, [setAwaited]);
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
