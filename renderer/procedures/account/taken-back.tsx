import { Printer } from 'lucide-react';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { ActionBar, Button, Notice, NoticeList } from '../../kit/index.ts';

export interface TakenBackProps {
  /** What the screen's name begins with. */
  readonly screen: string;
  readonly lead: string;
  readonly isRevoked: boolean;
  readonly onAnew: () => void;
  readonly onEnd: () => void;
}

/** A secret may lie on paper: it is worth nothing any more, or as soon as central can be reached. */
export function TakenBack({ screen, lead, isRevoked, onAnew, onEnd }: TakenBackProps) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const state = isRevoked ? 'revoked' : 'revocation-waits';
  return (
    <Screen
      id={`${screen} ${state}`}
      heading={t(`secrets:${state}.title`)}
      lead={lead}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={onEnd}>
              {t('finish')}
            </Button>
          }
          primary={
            <Button variant="primary" isDisabled={status?.central === 'unreachable'} onPress={onAnew}>
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
