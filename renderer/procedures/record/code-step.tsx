import { useState } from 'react';
import { CODE_DIGITS } from '../../../shared/central-api/codes.ts';
import { useLanguage } from '../../app/language.tsx';
import { useMailWait } from '../../app/mail-wait.ts';
import { Button, Card, FormColumns, KeyValueList, Notice, TextField } from '../../kit/index.ts';
import { RecordStep } from './record-step.tsx';
import type { RecordPhase } from './use-record-change.ts';

interface CodeStepProps {
  readonly procedureId: string;
  readonly phase: Extract<RecordPhase, { kind: 'code' }>;
  readonly onCode: (code: string) => void;
  readonly onAgain: () => void;
  readonly onBack: () => void;
}

/** 認証コード入力 (manual p.27, 169): the code that was mailed, and what to do when it doesn't come. */
export function CodeStep({ procedureId, phase, onCode, onAgain, onBack }: CodeStepProps) {
  const { t } = useLanguage();
  const [code, setCode] = useState('');
  const [isChecked, setChecked] = useState(false);
  const isWhole = code.length === CODE_DIGITS;
  useMailWait();
  const submit = () => {
    setChecked(true);
    if (isWhole) onCode(code);
  };
  return (
    <RecordStep
      {...{ procedureId, step: 'code', problem: phase.problem, isPending: phase.isPending }}
      leave={{ kind: 'back', onPress: onBack }}
      heading={t('record-change:code.title')}
      submitLabel={t('next')}
      onSubmit={submit}
    >
      <Card>
        <KeyValueList items={[{ label: t('record-change:code.mailed-to'), value: phase.mailedTo }]} />
      </Card>
      <FormColumns
        aside={
          <Notice tone="info" title={t('record-change:code.help-title')}>
            <p>{t('record-change:code.help')}</p>
            <Button variant="secondary" size="small" isDisabled={phase.isPending} onPress={onAgain}>
              {t('record-change:code.again')}
            </Button>
          </Notice>
        }
      >
        <TextField
          label={t('record-change:code.label')}
          description={t('record-change:code.hint')}
          value={code}
          onChange={(typed) => setCode(typed.normalize('NFKC').replaceAll(/\D/g, '').slice(0, CODE_DIGITS))}
          type="text"
          name="code"
          autoComplete="off"
          inputMode="numeric"
          error={isChecked && !isWhole ? t('register:mail.code-broken') : undefined}
        />
      </FormColumns>
    </RecordStep>
  );
}
