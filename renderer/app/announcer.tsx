import { createContext, type ReactNode, useCallback, useContext, useState } from 'react';
import { LiveRegion } from '../kit/index.ts';

type Announce = (message: string) => void;

const AnnounceContext = createContext<Announce>(() => undefined);

/** Says changes aloud to screen readers: prices, the line to central, states of applications. */
export function Announcer({ children }: { children: ReactNode }) {
  const [message, setMessage] = useState('');
  const announce = useCallback((next: string) => setMessage(next), []);
  return (
    <AnnounceContext value={announce}>
      {children}
      <LiveRegion message={message} politeness="polite" />
    </AnnounceContext>
  );
}

export function useAnnounce(): Announce {
  return useContext(AnnounceContext);
}
