import type { Contract } from '../../shared/domain/contract.ts';
import type { Quote } from '../../shared/domain/quote.ts';
import type { Procedure, ProcedureContext } from '../../shared/procedures/procedure.ts';
import type { WizardEvent, WizardState } from './wizard-state.ts';

export interface StepProps {
  readonly sessionId: string;
  /** Of the customer, as central has it; null: it says nothing of it. */
  readonly address: string | null;
  readonly procedure: Procedure;
  readonly context: ProcedureContext;
  readonly contracts: readonly Contract[];
  readonly state: WizardState;
  readonly at: number;
  /** Receipt number of the application that this one takes the place of; null: of none. */
  readonly corrects: string | null;
  /** null while answers are missing. */
  readonly quote: Quote | null;
  readonly send: (event: WizardEvent) => void;
  readonly submit: (shownQuote: Quote) => void;
  readonly onBack: () => void;
  readonly onCancel: () => void;
  /** 一時保存; null: nothing of this procedure is kept. */
  readonly onKeep: (() => void) | null;
  /** Something was answered that can be kept. */
  readonly hasAnswers: boolean;
}
