import { Lock, Undo2 } from 'lucide-react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button } from '../kit/index.ts';
import type { StaffState } from './staff-terminal.ts';
import './staff-controls.css';

/** In the header where staff are signed in, in place of 係員を呼ぶ. */
export function StaffControls({ staff }: { staff: StaffState }) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  if (staff.scope === 'service') {
    return (
      <Button variant="secondary" size="small" icon={<Undo2 />} onPress={terminal.staff.signOut}>
        {t('call:unlock.back')}
      </Button>
    );
  }
  switch (staff.presence) {
    case 'at-work':
      return (
        <>
          <span className="staff-controls__name">{t('staff:at-work', { name: staff.staff.name })}</span>
          <Button variant="secondary" size="small" icon={<Lock />} onPress={() => terminal.staff.leave('locked')}>
            {t('staff:lock')} <kbd className="staff-controls__key">{'F9'}</kbd>
          </Button>
        </>
      );
    case 'with-customer':
      return (
        <Button variant="secondary" size="small" icon={<Undo2 />} onPress={() => terminal.staff.leave('locked')}>
          {t('staff:take-back')}
        </Button>
      );
    case 'locked':
      return null;
    default:
      return cantHappen(staff.presence);
  }
}
