import { type ReactNode, useState } from 'react';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { ActionBar, Button, Dialog } from '../../kit/index.ts';
import type { Paper } from './after-print.ts';
import { PaperNotice } from './paper-notice.tsx';
import './shown-secret.css';

export interface ShownSecretProps {
  readonly screen: string;
  readonly heading: string;
  readonly lead: string;
  readonly paper: Paper;
  readonly onPrint: () => void;
  readonly onEnd: () => void;
  /** The actions once it is printed, or can't be any more. */
  readonly end: ReactNode;
  readonly children: ReactNode;
}

/** A secret on the screen, once; on paper where the customer wants it, and asked about where they leave without. */
export function ShownSecret({ screen, heading, lead, paper, onPrint, onEnd, end, children }: ShownSecretProps) {
  const { t } = useLanguage();
  const [isLeaving, setLeaving] = useState(false);
  const isPrinting = paper.kind === 'printing';
  return (
    <Screen
      id={screen}
      heading={heading}
      lead={lead}
      actions={
        paper.kind === 'printed' || paper.kind === 'gone' ? (
          end
        ) : (
          <ActionBar
            back={
              <Button variant="secondary" isDisabled={isPrinting} onPress={() => setLeaving(true)}>
                {t('secrets:shown.leave')}
              </Button>
            }
            primary={
              <Button
                variant="primary"
                isPending={isPrinting}
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
      <div className="shown-secret">
        <PaperNotice paper={paper} />
        {children}
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
