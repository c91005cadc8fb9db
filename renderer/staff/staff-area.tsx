import { useEffect } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { useLanguage } from '../app/language.tsx';
import { goInstead, HOME, type Route } from '../app/route.ts';
import SignedIn from '../app/signed-in.tsx';
import { useTerminal, useTerminalState } from '../app/terminal-context.tsx';
import { Button } from '../kit/index.ts';
import { CloseDayScreen } from './close-day/close-day-screen.tsx';
import { CustomerDesk } from './customer-desk.tsx';
import { DevicesScreen } from './devices/devices-screen.tsx';
import { PinForm } from './pin-form.tsx';
import { QueueScreen } from './queue/queue-screen.tsx';

interface StaffAreaProps {
  readonly route: Route;
  /** Ends the customer's session; staff stays. */
  readonly onEnd: () => void;
}

/** The terminal that staff stand at: what is on show follows from who is there and whose session is open. */
export default function StaffArea({ route, onEnd }: StaffAreaProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { staff, session } = useTerminalState();
  const isAtWork = staff?.presence === 'at-work';
  const isStaffs = route.kind === 'staff';
  const isAstray = isAtWork && (session === null ? !isStaffs : isStaffs);
  useEffect(() => {
    // At once, and not when a session has been loaded: whoever is quick has gone on to a procedure by then. Nor does the
    // next customer begin where the one before was.
    if (isAstray) goInstead(HOME);
  }, [isAstray]);
  useEffect(() => {
    if (!isAtWork) return undefined;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F9') return;
      event.preventDefault();
      terminal.staff.leave('locked');
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [isAtWork, terminal]);

  if (staff === null) {
    return (
      <PinForm
        id="staff-sign-in"
        heading={t('staff:sign-in.title')}
        lead={t('staff:sign-in.lead')}
        submitLabel={t('staff:sign-in.submit')}
        hasNumber
        onSubmit={({ number, pin }, left) => terminal.staff.signIn(number, pin, left)}
      />
    );
  }
  switch (staff.presence) {
    case 'locked':
      return locked(staff.staff.name);
    case 'with-customer':
      // The customer has finished: the screen is theirs no more, and not yet staff's.
      if (session === null) return locked(staff.staff.name);
      break;
    case 'at-work':
      break;
    default:
      return cantHappen(staff.presence);
  }
  if (session === null) return ownScreen(staff.staffSessionId);
  switch (route.kind) {
    case 'contracts':
    case 'drafts':
    case 'history':
    case 'procedure':
      return <SignedIn screen={route} session={session} onEnd={onEnd} />;
    case 'home':
    case 'one-time':
    case 'sign-in':
    case 'staff':
    case 'unknown':
      return <SignedIn screen={{ kind: 'home' }} session={session} onEnd={onEnd} />;
    default:
      return cantHappen(route);
  }

  function ownScreen(staffSessionId: string) {
    const page = route.kind === 'staff' ? route.page : 'desk';
    switch (page) {
      case 'desk':
        return <CustomerDesk />;
      case 'queue':
        return <QueueScreen staffSessionId={staffSessionId} />;
      case 'devices':
        return <DevicesScreen />;
      case 'close-day':
        return <CloseDayScreen />;
      default:
        return cantHappen(page);
    }
  }

  function locked(name: string) {
    return (
      <PinForm
        id="staff-locked"
        heading={t('staff:locked.title')}
        lead={t(session === null ? 'staff:locked.lead' : 'staff:locked.lead-session', { name })}
        submitLabel={t('staff:locked.submit')}
        hasNumber={false}
        back={
          <Button variant="secondary" onPress={terminal.staff.signOut}>
            {t('staff:sign-out')}
          </Button>
        }
        onSubmit={({ pin }) => terminal.staff.comeBack(pin)}
      />
    );
  }
}
