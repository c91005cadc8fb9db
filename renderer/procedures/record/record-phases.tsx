import type { ReactNode } from 'react';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { CodeStep } from './code-step.tsx';
import { RecordDone } from './record-done.tsx';
import { RecordStep, type RecordStepProps } from './record-step.tsx';
import type { RecordPhase, useRecordChange } from './use-record-change.ts';

type StepContent = Pick<RecordStepProps, 'heading' | 'submitLabel' | 'onSubmit'> & { readonly fields: ReactNode };

export interface RecordPhasesProps {
  readonly procedureId: string;
  readonly change: ReturnType<typeof useRecordChange>;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
  readonly entering: () => StepContent;
  readonly confirming: (phase: Extract<RecordPhase, { kind: 'confirming' }>) => StepContent;
}

/** The way from the entries over the code to the end, the same for every change of record. */
export function RecordPhases({ procedureId, change, onLeave, onEnd, entering, confirming }: RecordPhasesProps) {
  const { phase, begin, prove, print, enter } = change;
  switch (phase.kind) {
    case 'entering': {
      const { fields, ...step } = entering();
      const { problem, isPending } = phase;
      return (
        <RecordStep
          {...{ ...step, procedureId, step: 'enter', problem, isPending, leave: { kind: 'back', onPress: onLeave } }}
        >
          {fields}
        </RecordStep>
      );
    }
    case 'code':
      return (
        <CodeStep
          {...{ procedureId, phase, onBack: enter }}
          onCode={(code) => void prove(code)}
          onAgain={() => void begin(phase.wish, phase)}
        />
      );
    case 'confirming': {
      const { fields, ...step } = confirming(phase);
      const { problem, isPending, isUnclear } = phase;
      // Whoever went back would change once more what may be on record already.
      const leave = isUnclear
        ? ({ kind: 'end', onPress: onEnd } as const)
        : ({ kind: 'back', onPress: enter } as const);
      return (
        <RecordStep {...{ ...step, procedureId, step: 'confirm', problem, isPending, leave }}>{fields}</RecordStep>
      );
    }
    case 'done':
      return <RecordDone {...{ procedureId, phase, onLeave, onEnd }} onPrint={() => print(phase.changed)} />;
    default:
      return cantHappen(phase);
  }
}
