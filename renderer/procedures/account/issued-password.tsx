import { type ReactNode, useState } from 'react';
import type { AccountKind } from '../../../shared/domain/account.ts';
import { businessDate } from '../../../shared/domain/business-time.ts';
import { passwordReading } from '../../../shared/domain/password-reading.ts';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { ActionBar, Button, Card, Dialog, IssuedSecret, KeyValueList } from '../../kit/index.ts';
import type { Paper } from './after-print.ts';
import { PaperNotice } from './paper-notice.tsx';
import './reissue-password.css';

export interface IssuedPasswordProps {
  readonly screen: string;
  readonly account: { readonly kind: AccountKind | 'portal'; readonly login: string };
  readonly password: string;
  /** Epoch ms, business clock. */
  readonly issuedAt: number;
  readonly paper: Paper;
  readonly onPrint: () => void;
  readonly onEnd: () => void;
  /** The actions once it is printed, or can't be any more. */
  readonly end: ReactNode;
}

/** A password that central issued, once, with its reading; on paper where the customer wants it. */
export function IssuedPassword(props: IssuedPasswordProps) {
  const { screen, account, password, issuedAt, paper, onPrint, onEnd, end } = props;
  const { t, language } = useLanguage();
  const [isLeaving, setLeaving] = useState(false);
  const reading = passwordReading(password) ?? [];
  return (
    <Screen
      id={screen}
      heading={t('secrets:shown.title')}
      lead={t('secrets:shown.lead')}
      actions={
        paper.kind === 'printed' || paper.kind === 'gone' ? (
          end
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
          <KeyValueList
            items={[
              { label: t(`secrets:account.${account.kind}`), value: account.login },
              { label: t('secrets:issued-on'), value: formatDate(language, businessDate(issuedAt)) },
            ]}
          />
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
