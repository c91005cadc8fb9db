import { useState } from 'react';
import type { CustomerSearchResponse } from '../../shared/central-api/staff.ts';
import { useLanguage } from '../app/language.tsx';
import { Screen } from '../app/screen.tsx';
import { useTerminal, useTerminalState } from '../app/terminal-context.tsx';
import { ActionBar, Button, Notice } from '../kit/index.ts';
import { CustomerSearch } from './customer-search.tsx';
import { OpenCustomer } from './open-customer.tsx';
import { StaffMenu } from './staff-menu.tsx';
import { UnverifiedCustomer } from './unverified-customer.tsx';
import './staff.css';

export type FoundCustomer = CustomerSearchResponse['customers'][number];

/** Where staff begin with a customer: find them, check who they are, open their contracts. */
export function CustomerDesk() {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { staff, status } = useTerminalState();
  const [chosen, setChosen] = useState<FoundCustomer | null>(null);
  const isUnreachable = status?.central === 'unreachable';
  const needsPin = !isUnreachable && staff?.isOffline === true;
  return (
    <Screen
      id="staff-desk"
      heading={t(isUnreachable ? 'staff:desk.title-offline' : 'staff:desk.title')}
      above={<StaffMenu current="desk" />}
      lead={t(isUnreachable ? 'staff:desk.lead-offline' : 'staff:desk.lead')}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={terminal.staff.signOut}>
              {t('staff:sign-out')}
            </Button>
          }
        />
      }
    >
      {isUnreachable ? (
        <UnverifiedCustomer />
      ) : needsPin ? (
        <Notice tone="info" title={t('staff:desk.back-title')}>
          <p>{t('staff:desk.back-text')}</p>
          <Button variant="secondary" size="small" onPress={() => terminal.staff.leave('locked')}>
            {t('staff:desk.back-action')}
          </Button>
        </Notice>
      ) : (
        <div className="staff-panes">
          <CustomerSearch chosen={chosen} onChoose={setChosen} />
          <OpenCustomer customer={chosen} />
        </div>
      )}
    </Screen>
  );
}
