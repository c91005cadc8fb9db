import { Hand } from 'lucide-react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { LiveProcedureId } from '../../shared/procedures/live-registry.ts';
import { Button } from '../kit/index.ts';
import { useLanguage } from './language.tsx';
import { parseRoute, type Route } from './route.ts';
import { useTerminal, useTerminalState } from './terminal-context.tsx';

/** 係員を呼ぶ, on every screen of a customer's. */
export function CallStaff() {
  const { t } = useLanguage();
  const { calls } = useTerminal();
  const isSignedIn = useTerminalState().session !== null;
  return (
    <Button
      variant="secondary"
      size="small"
      icon={<Hand />}
      onPress={() => calls.raise(placeOf(parseRoute(location.hash), isSignedIn))}
    >
      {t('call-staff')}
    </Button>
  );
}

/** What staff are told of where the customer is. */
function placeOf(route: Route, isSignedIn: boolean): string {
  switch (route.kind) {
    case 'procedure':
      return route.id;
    case 'one-time':
      return 'account.register' satisfies LiveProcedureId;
    case 'drafts':
    case 'home':
      return isSignedIn ? 'home' : 'start';
    case 'sign-in':
    case 'history':
      return 'contracts';
    case 'contracts':
    case 'staff':
    case 'unknown':
      return route.kind;
    default:
      return cantHappen(route);
  }
}
