import { type ReactNode, useId } from 'react';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { ActionBar, Button, Notice } from '../../kit/index.ts';
import { CentralAction } from '../central-action.tsx';
import type { RecordProblem } from './use-record-change.ts';
import './record-step.css';

export interface RecordStepProps {
  readonly procedureId: string;
  readonly step: string;
  readonly heading: string;
  readonly problem: RecordProblem | null;
  readonly isPending: boolean;
  readonly submitLabel: string;
  readonly onSubmit: () => void;
  /** `end`: there is no way back. */
  readonly leave: { readonly kind: 'back' | 'end'; readonly onPress: () => void };
  readonly children: ReactNode;
}

/** One step of a change of what is on record: its problem, its fields, back and on. */
export function RecordStep(props: RecordStepProps) {
  const { procedureId, step, heading, problem, isPending, submitLabel, onSubmit, leave, children } = props;
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const formId = useId();
  const isUnreachable = status?.central === 'unreachable';
  return (
    <Screen
      id={`${procedureId} ${step}`}
      heading={heading}
      lead={t(`procedures:${procedureId}.title`)}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" isDisabled={isPending} onPress={leave.onPress}>
              {t(leave.kind === 'back' ? 'back' : 'finish')}
            </Button>
          }
          primary={
            <CentralAction isPending={isPending} pendingLabel={t('record-change:pending')} onPress={onSubmit}>
              {submitLabel}
            </CentralAction>
          }
        />
      }
    >
      <form
        className="record-step"
        id={formId}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!isUnreachable) onSubmit();
        }}
      >
        {isUnreachable ? (
          <Notice tone="offline">
            <p>{t('unavailable:needs-central')}</p>
          </Notice>
        ) : problem === null ? null : (
          <Notice tone="error">
            <p>
              {t(
                `record-change:problem.${problem.kind}`,
                problem.kind === 'throttled' ? { minutes: problem.minutes } : {},
              )}
            </p>
          </Notice>
        )}
        {children}
        <button type="submit" hidden />
      </form>
    </Screen>
  );
}
