import { useState } from 'react';
import type { Account } from '../../../shared/domain/account.ts';
import { EndBar } from '../../app/end-bar.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import { ActionBar, Button, Card, ChoiceGroup, KeyValueList, Notice, NoticeList } from '../../kit/index.ts';
import { CentralAction } from '../central-action.tsx';
import { IssuedPassword } from './issued-password.tsx';
import { TakenBack } from './taken-back.tsx';
import { useIssuedPassword } from './use-issued-password.ts';
import './reissue-password.css';

export interface ReissuePasswordProps {
  readonly procedureId: string;
  readonly sessionId: string;
  /** Of the kind that the procedure is for; one at least. */
  readonly accounts: readonly [Account, ...Account[]];
  /** It has had no password before. */
  readonly isFirst?: boolean;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

/** 再発行: what it does, then the new password once, with its reading, and on paper where the customer wants it. */
export function ReissuePassword(props: ReissuePasswordProps) {
  const { procedureId, sessionId, accounts, isFirst = false, onLeave, onEnd } = props;
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { status, staff } = useTerminalState();
  const { phase, issue, print } = useIssuedPassword({ sessionId, procedureId });
  const [chosen, setChosen] = useState(accounts[0].id);
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const isUnreachable = status?.central === 'unreachable';
  const { kind } = phase;

  // Staff who took the screen back see that there is a password, and not which.
  const isWithStaff = staff?.presence === 'at-work';
  if (phase.kind === 'shown' && !isWithStaff) {
    const { issued, paper } = phase;
    return (
      <IssuedPassword
        screen={`${procedureId} issued`}
        {...{ account: issued.account, password: issued.password, issuedAt: issued.issuedAt, paper, onEnd }}
        onPrint={print}
        end={<EndBar onAgain={onLeave} onEnd={onEnd} />}
      />
    );
  }
  if (phase.kind === 'taken-back') {
    return (
      <TakenBack
        screen={procedureId}
        lead={t(`procedures:${procedureId}.title`)}
        isRevoked={phase.isRevoked}
        onAnew={() => issue(account.id)}
        onEnd={onEnd}
      />
    );
  }
  return (
    <Screen
      id={`${procedureId} confirm`}
      heading={t(isWithStaff ? 'staff:hand-over.title' : 'secrets:confirm.title')}
      lead={t(`procedures:${procedureId}.title`)}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" isDisabled={kind === 'issuing'} onPress={onLeave}>
              {t('back')}
            </Button>
          }
          primary={
            isWithStaff ? (
              <Button variant="primary" onPress={() => terminal.staff.leave('with-customer')}>
                {t('staff:hand-over.submit')}
              </Button>
            ) : (
              <CentralAction
                isPending={kind === 'issuing'}
                pendingLabel={t('secrets:confirm.pending')}
                onPress={() => issue(account.id)}
              >
                {t(`secrets:confirm.submit.${isFirst ? 'first' : account.kind}`)}
              </CentralAction>
            )
          }
        />
      }
    >
      <div className="reissue-password">
        {isUnreachable ? (
          <Notice tone="offline" title={t('secrets:problem.unreachable.title')}>
            <p>{t('unavailable:needs-central')}</p>
          </Notice>
        ) : phase.kind === 'asking' && phase.problem !== null ? (
          <Notice tone="error" title={t(`secrets:problem.${phase.problem}.title`)}>
            <p>{t(`secrets:problem.${phase.problem}.text`)}</p>
          </Notice>
        ) : null}
        {accounts.length > 1 ? (
          <ChoiceGroup
            label={t('secrets:confirm.choose')}
            value={account.id}
            onChange={setChosen}
            options={accounts.map(({ id, login }) => ({ value: id, name: login }))}
            selectedLabel={t('choice:selected')}
          />
        ) : (
          <Card>
            <KeyValueList items={[{ label: t(`secrets:account.${account.kind}`), value: account.login }]} />
          </Card>
        )}
        <NoticeList>
          {isWithStaff ? (
            <Notice tone="info" title={t('staff:hand-over.then-title')}>
              <p>{t('secrets:confirm.hand-over')}</p>
              <p>{t('staff:hand-over.then-text')}</p>
            </Notice>
          ) : null}
          {isFirst ? null : (
            <Notice tone="attention">
              <p>{t('secrets:confirm.lead')}</p>
            </Notice>
          )}
          <Notice tone="info">
            <p>{t('secrets:confirm.next')}</p>
            <p>{t('secrets:confirm.mail')}</p>
          </Notice>
        </NoticeList>
      </div>
    </Screen>
  );
}
