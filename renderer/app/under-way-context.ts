import { createContext, useContext } from 'react';
import type { UnderWay } from './under-way.ts';

export const UnderWayContext = createContext<UnderWay | null>(null);

export function useUnderWay(): UnderWay {
  const underWay = useContext(UnderWayContext);
  if (underWay === null) throw new Error('useUnderWay outside UnderWayContext');
  return underWay;
}
