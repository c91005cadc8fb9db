import { Printer } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { Account } from '../../../shared/domain/account.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { EndBar } from '../../app/end-bar.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import {
  ActionBar,
  Button,
  Card,
  ChoiceGroup,
  Dialog,
  IssuedSecret,
  KeyValueList,
  Notice,
  NoticeList,
} from '../../kit/index.ts';
import { PaperNotice } from './paper-notice.tsx';
import { type Phase, useIssuedPassword } from './use-issued-password.ts';
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
  const { t, language } = useLanguage();
  const terminal = useTerminal();
  const { status, staff } = useTerminalState();
  const announce = useAnnounce();
  const { phase, issue, print } = useIssuedPassword({ sessionId, procedureId, language });
  const [chosen, setChosen] = useState(accounts[0].id);
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const isUnreachable = status?.central === 'unreachable';
  const { kind } = phase;
  const [isLeaving, setLeaving] = useState(false);
  useEffect(() => {
    if (kind === 'shown' || kind === 'taken-back') announce(t(`procedures:${procedureId}.title`));
  }, [announce, kind, procedureId, t]);

  // Staff who took the screen back see that there is a password, and not which.
  const isWithStaff = staff?.presence === 'at-work';
  if (phase.kind === 'shown' && !isWithStaff) {
    return (
      <Shown
        phase={phase}
        procedureId={procedureId}
        onPrint={print}
        onLeave={onLeave}
        onEnd={onEnd}
        isLeaving={isLeaving}
        setLeaving={setLeaving}
      />
    );
  }
  if (phase.kind === 'taken-back') {
    const state = phase.isRevoked ? 'revoked' : 'revocation-waits';
    return (
      <Screen
        id={`${procedureId} ${state}`}
        heading={t(`secrets:${state}.title`)}
        lead={t(`procedures:${procedureId}.title`)}
        actions={
          <ActionBar
            back={
              <Button variant="secondary" onPress={onEnd}>
                {t('finish')}
              </Button>
            }
            primary={
              <Button variant="primary" isDisabled={isUnreachable} onPress={() => issue(account.id)}>
                {t('secrets:revoked.anew')}
              </Button>
            }
          />
        }
      >
        <NoticeList>
          <Notice tone="attention" icon={<Printer />}>
            <p>{t(`secrets:${state}.text`)}</p>
          </Notice>
          <Notice tone="info">
            <p>{t(`secrets:${state}.next`)}</p>
          </Notice>
        </NoticeList>
      </Screen>
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
              <Button
                variant="primary"
                isDisabled={isUnreachable}
                isPending={kind === 'issuing'}
                pendingLabel={t('secrets:confirm.pending')}
                onPress={() => issue(account.id)}
              >
                {t(`secrets:confirm.submit.${isFirst ? 'first' : account.kind}`)}
              </Button>
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

interface ShownProps {
  readonly phase: Extract<Phase, { kind: 'shown' }>;
  readonly procedureId: string;
  readonly onPrint: () => void;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
  readonly isLeaving: boolean;
  readonly setLeaving: (isLeaving: boolean) => void;
}

function Shown({ phase, procedureId, onPrint, onLeave, onEnd, isLeaving, setLeaving }: ShownProps) {
  const { t } = useLanguage();
  const { issued, paper } = phase;
  const isPrinted = paper.kind === 'printed';
  const reading = passwordReading(issued.password) ?? [];
  return (
    <Screen
      id={`${procedureId} issued`}
      heading={t('secrets:shown.title')}
      lead={t('secrets:shown.lead')}
      actions={
        isPrinted ? (
          <EndBar onAgain={onLeave} onEnd={onEnd} />
        ) : (
          <ActionBar
            back={
              <Button variant="secondary" isDisabled={paper.kind === 'printing'} onPress={() => setLeaving(true)}>
                {t('secrets:shown.leave')}
              </Button>
            }
            primary={
              <Button
                variant="primary"
                isPending={paper.kind === 'printing'}
                pendingLabel={t('secrets:shown.printing')}
                onPress={onPrint}
              >
                {t('secrets:shown.print')}
              </Button>
            }
          />
        )
      }
    >
      <div className="reissue-password">
        <PaperNotice paper={paper} />
        <Card>
          <KeyValueList items={[{ label: t(`secrets:account.${issued.account.kind}`), value: issued.account.login }]} />
        </Card>
        <IssuedSecret
          label={t('secrets:password')}
          readingLabel={t('secrets:reading')}
          note={t('secrets:underline-means')}
          characters={reading.map(({ character, kana, class: kind }) => ({
            character,
            reading: kana,
            isUnderlined: kind === 'upper',
            kind: t(`secrets:class.${kind}`),
          }))}
        />
      </div>
      <Dialog
        title={t('secrets:leaving.title')}
        isOpen={isLeaving}
        onClose={() => setLeaving(false)}
        closeLabel={t('secrets:leaving.stay')}
        role="alertdialog"
        actions={
          <Button variant="secondary" onPress={onEnd}>
            {t('secrets:leaving.go')}
          </Button>
        }
      >
        <p>{t('secrets:leaving.text')}</p>
      </Dialog>
    </Screen>
  );
}
