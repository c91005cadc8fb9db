import { useEffect } from 'react';
import type { Route } from '../app/route.ts';
import { useTerminal } from '../app/terminal-context.tsx';
import { DevicesScreen } from './devices/devices-screen.tsx';
import { QueueScreen } from './queue/queue-screen.tsx';
import type { StaffState } from './staff-terminal.ts';

/** The backend locks after a minute without this. */
const TOUCH_EVERY_MS = 5_000;

/** A customers' terminal that staff have unlocked: what looks after it, and nothing of a counter's. */
export default function ServiceArea({ route, staff }: { route: Route; staff: StaffState }) {
  const terminal = useTerminal();
  useEffect(() => {
    let touchedAt = performance.now();
    // The customer's session waits behind: it must not end for staff's sake.
    terminal.touch();
    const touched = () => {
      if (performance.now() - touchedAt < TOUCH_EVERY_MS) return;
      touchedAt = performance.now();
      terminal.staff.touch();
      terminal.touch();
    };
    addEventListener('pointerdown', touched, { capture: true });
    addEventListener('keydown', touched, { capture: true });
    return () => {
      removeEventListener('pointerdown', touched, { capture: true });
      removeEventListener('keydown', touched, { capture: true });
    };
  }, [terminal]);
  return route.kind === 'staff' && route.page === 'queue' ? (
    <QueueScreen staffSessionId={staff.staffSessionId} />
  ) : (
    <DevicesScreen />
  );
}
