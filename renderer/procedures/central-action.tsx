import type { ReactNode } from 'react';
import { useTerminalState } from '../app/terminal-context.tsx';
import { Button } from '../kit/index.ts';

interface CentralActionProps {
  readonly isDisabled?: boolean;
  readonly isPending: boolean;
  readonly pendingLabel: string;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

/** The main button of a step that asks central: it waits where central is away. */
export function CentralAction({ isDisabled = false, children, ...button }: CentralActionProps) {
  const { status } = useTerminalState();
  return (
    <Button variant="primary" isDisabled={isDisabled || status?.central === 'unreachable'} {...button}>
      {children}
    </Button>
  );
}
