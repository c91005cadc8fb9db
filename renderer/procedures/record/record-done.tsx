import { Printer } from 'lucide-react';
import { EndBar } from '../../app/end-bar.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { Button, Card, KeyValueList, Notice } from '../../kit/index.ts';
import { recordItems } from './record-items.ts';
import type { RecordPhase } from './use-record-change.ts';

interface RecordDoneProps {
  readonly procedureId: string;
  readonly phase: Extract<RecordPhase, { kind: 'done' }>;
  readonly onPrint: () => void;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

export function RecordDone({ procedureId, phase, onPrint, onLeave, onEnd }: RecordDoneProps) {
  const { t } = useLanguage();
  const { changed, slip } = phase;
  const isTrouble = slip === 'refused' || slip === 'failed' || slip === 'unknown';
  const isPrinted = slip === 'printed' || slip === 'no-status';
  const title = isPrinted
    ? 'password-change:printed'
    : isTrouble
      ? 'record-change:not-printed'
      : 'record-change:slip-title';
  return (
    <Screen
      id={`${procedureId} done`}
      heading={t(`record-change:done.${changed.wish.kind}`)}
      lead={t('record-change:done-lead')}
      actions={<EndBar onAgain={onLeave} onEnd={onEnd} />}
    >
      <div className="record-step">
        <Card>
          <KeyValueList items={recordItems(t, changed.wish, changed.contactEmail)} />
        </Card>
        <Notice tone={isTrouble ? 'attention' : 'info'} icon={<Printer />} title={t(title)}>
          <Button
            variant="secondary"
            size="small"
            isPending={slip === 'printing'}
            pendingLabel={t('password-change:printing')}
            onPress={onPrint}
          >
            {t('password-change:print')}
          </Button>
        </Notice>
      </div>
    </Screen>
  );
}
