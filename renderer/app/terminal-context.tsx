import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Terminal, TerminalState } from './terminal.ts';

export const TerminalContext = createContext<Terminal | null>(null);

export function useTerminal(): Terminal {
  const terminal = useContext(TerminalContext);
  if (terminal === null) throw new Error('useTerminal outside TerminalContext');
  return terminal;
}

export function useTerminalState(): TerminalState {
  const { state } = useTerminal();
  return useSyncExternalStore(state.subscribe, state.get, state.get);
}
