import { createContext, useContext, useEffect } from 'react';

/** 一時保存して終わる, as the time-out's warning offers it; null: nothing stands there that could be kept. */
export type KeepOffer = (() => void) | null;

export const KeepOfferContext = createContext<(offer: KeepOffer) => void>(() => undefined);

/** For a screen whose entries would be lost. @param offer the same function for as long as the offer stands */
export function useKeepOffer(offer: KeepOffer): void {
  const setOffer = useContext(KeepOfferContext);
  useEffect(() => {
    setOffer(offer);
    return () => setOffer(null);
  }, [setOffer, offer]);
}
