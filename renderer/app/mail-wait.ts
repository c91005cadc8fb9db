import { createContext, useContext, useEffect } from 'react';

export const MailWaitContext = createContext<(isAwaited: boolean) => void>(() => undefined);

/** For a screen that waits for a mail: the customer reads it elsewhere and has nothing to touch here meanwhile. */
export function useMailWait(): void {
  const setAwaited = useContext(MailWaitContext);
  useEffect(() => {
    setAwaited(true);
    return () => setAwaited(false);
  }, [setAwaited]);
}
