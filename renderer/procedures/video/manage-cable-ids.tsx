import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { Account } from '../../../shared/domain/account.ts';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { ActionBar, Button, ChoiceGroup, LinkRow, LinkRows, Section } from '../../kit/index.ts';
import { ChangePassword } from '../account/change-password.tsx';
import { ReissuePassword } from '../account/reissue-password.tsx';
import { AddCableId } from './add-cable-id.tsx';
import './manage-cable-ids.css';

export interface ManageCableIdsProps {
  readonly procedureId: string;
  readonly sessionId: string;
  readonly accounts: readonly [Account, ...Account[]];
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

type Place =
  | { readonly kind: 'menu' | 'change' | 'add' }
  /** The new ID gets its password. */
  | { readonly kind: 'issue'; readonly account: Account };

/** みるプラスのID追加・パスワード変更 (manual p.67): the ID first, then what to do; each asks for the ID's password. */
export function ManageCableIds({ procedureId, sessionId, accounts, onLeave, onEnd }: ManageCableIdsProps) {
  const { t } = useLanguage();
  const [place, setPlace] = useState<Place>({ kind: 'menu' });
  const terminal = useTerminal();
  /** The same at each try, also after a look elsewhere: an answer that was lost may have been one more ID. */
  const [addId] = useState(() => terminal.newId());
  const [chosen, setChosen] = useState(accounts[0].id);
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const screen = { procedureId, sessionId, onEnd };
  const toMenu = () => setPlace({ kind: 'menu' });
  switch (place.kind) {
    case 'change':
      return <ChangePassword {...screen} kind="cable-id" account={account} onLeave={toMenu} />;
    case 'add':
      return (
        <AddCableId
          {...screen}
          addId={addId}
          account={account}
          onLeave={toMenu}
          onAdded={(added) => setPlace({ kind: 'issue', account: added })}
        />
      );
    case 'issue':
      return <ReissuePassword {...screen} accounts={[place.account]} isFirst onLeave={onLeave} />;
    case 'menu':
      return (
        <Screen
          id={procedureId}
          heading={t('cable-ids:title')}
          lead={t('cable-ids:lead')}
          actions={
            <ActionBar
              back={
                <Button variant="secondary" onPress={onLeave}>
                  {t('back')}
                </Button>
              }
            />
          }
        >
          <div className="manage-cable-ids">
            <ChoiceGroup
              label={t('secrets:account.cable-id')}
              value={account.id}
              onChange={setChosen}
              options={accounts.map(({ id, login }) => ({ value: id, name: login }))}
              selectedLabel={t('choice:selected')}
            />
            <Section title={t('cable-ids:what')}>
              <LinkRows>
                <LinkRow
                  title={t('cable-ids:add.row')}
                  description={t('cable-ids:add.description')}
                  icon={<Plus />}
                  onPress={() => setPlace({ kind: 'add' })}
                />
                <LinkRow
                  title={t('cable-ids:change.row')}
                  description={t('cable-ids:change.description')}
                  icon={<KeyRound />}
                  onPress={() => setPlace({ kind: 'change' })}
                />
              </LinkRows>
            </Section>
          </div>
        </Screen>
      );
  }
}
