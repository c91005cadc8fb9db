import { useTerminalState } from '../../app/terminal-context.tsx';
import { PresenceCard } from './presence-card.tsx';

export function IdReaderCard() {
  return <PresenceCard device="id-reader" isHere={useTerminalState().status?.hasIdReader ?? false} />;
}
