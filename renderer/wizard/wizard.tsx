import { useCallback, useRef, useState } from 'react';
import { v7 } from 'uuid';
import type { DraftContent } from '../../shared/central-api/drafts.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { contractsKnown } from '../../shared/domain/contract.ts';
import { isKeepable } from '../../shared/procedures/keepable.ts';
import type { Procedure, Step } from '../../shared/procedures/procedure.ts';
import { useLanguage } from '../app/language.tsx';
import { Message } from '../app/screens/message.tsx';
import { type LoadedSession, useProcedureContext } from '../app/loaded-session.ts';
import { useKeepOffer } from '../app/keep-offer.ts';
import { useTerminal, useTerminalState } from '../app/terminal-context.tsx';
import { Button, Dialog } from '../kit/index.ts';
import { HandOver } from '../staff/hand-over.tsx';
import { ChooseStep } from './choose-step.tsx';
import { IdentityStep } from './identity/identity-step.tsx';
import { KeepScreen } from './kept/keep-screen.tsx';
import { contentOf } from './kept/resume-kept.ts';
import { ResultScreen } from './result-screen.tsx';
import { ReviewStep } from './review-step.tsx';
import { SubmittingScreen } from './submitting-screen.tsx';
import { TermsStep } from './terms-step.tsx';
import { useWizard } from './use-wizard.ts';
import type { StepProps } from './step-props.ts';
import { hasAnswers, previousAt, quoteOf, stepAt } from './wizard-state.ts';

export interface WizardProps {
  readonly procedure: Procedure;
  readonly session: LoadedSession;
  /** Back to the menu. */
  readonly onLeave: () => void;
  /** The same procedure anew, with another application. */
  readonly onRepeat: () => void;
  readonly onEnd: () => void;
}

interface Keeping {
  readonly draftId: string;
  readonly content: DraftContent;
  readonly endsSession: boolean;
}

/** Runs any procedure definition, from its first question to the slip. */
export function Wizard({ procedure, session, onLeave, onRepeat, onEnd }: WizardProps) {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { staff } = useTerminalState();
  const context = useProcedureContext(session);
  const { state, send, submit, drop } = useWizard(procedure, context, session);
  const [isCancelling, setCancelling] = useState(false);
  const [keeping, setKeeping] = useState<Keeping | null>(null);
  const leave = () => {
    drop();
    onLeave();
  };
  const { position } = state;
  const isKept =
    session.view.drafts !== null && session.view.correcting?.procedureId !== procedure.id && isKeepable(procedure);
  const isAnswered = hasAnswers(procedure, state.draft);
  const isToKeep = isKept && isAnswered && keeping === null && position.kind === 'step';
  const keep = (endsSession: boolean) => {
    if (position.kind !== 'step') return;
    setCancelling(false);
    setKeeping({ draftId: v7(), content: contentOf(procedure, context, state.draft, position.at), endsSession });
  };
  const latestKeep = useRef(keep);
  latestKeep.current = keep;
  // The same function over every answer: each other one would draw the whole page anew.
  const keepAndEnd = useCallback(() => latestKeep.current(true), []);
  useKeepOffer(isToKeep ? keepAndEnd : null);
  const dropKept = useCallback(() => {
    drop();
    // The menu lists it.
    void terminal.refresh();
  }, [drop, terminal]);
  if (keeping !== null) {
    return (
      <KeepScreen
        {...keeping}
        sessionId={session.sessionId}
        replaces={state.resumed?.draftId ?? null}
        onBack={() => setKeeping(null)}
        onKept={dropKept}
        onHome={leave}
        onEnd={onEnd}
      />
    );
  }

  switch (position.kind) {
    case 'unavailable':
      return unavailable(position.reason);
    case 'submitting':
      return <SubmittingScreen props={stepProps(position.from)} />;
    case 'result':
      return (
        <ResultScreen
          outcome={session.applications.find((one) => one.applicationId === state.applicationId) ?? position.outcome}
          procedure={procedure}
          applied={position.applied}
          draft={state.draft}
          sessionId={session.sessionId}
          onAgain={leave}
          onRepeat={() => {
            drop();
            onRepeat();
          }}
          onEnd={onEnd}
        />
      );
    case 'step': {
      const availability = procedure.availability(context);
      if (!availability.available) return unavailable(availability.reason);
      return (
        <>
          {isForCustomer(stepAt(procedure, position.at)) && staff?.presence === 'at-work' ? (
            <HandOver {...stepProps(position.at)} />
          ) : (
            <CurrentStep props={stepProps(position.at)} />
          )}
          <Dialog
            title={t('wizard:cancel.title')}
            isOpen={isCancelling}
            onClose={() => setCancelling(false)}
            closeLabel={t('wizard:cancel.stay')}
            role="alertdialog"
            actions={
              <>
                <Button variant="danger" onPress={leave}>
                  {t('cancel')}
                </Button>
                {isToKeep ? (
                  <Button variant="secondary" onPress={() => keep(false)}>
                    {t('kept-drafts:cancel-keep')}
                  </Button>
                ) : null}
              </>
            }
          >
            <p>{t(isToKeep ? 'kept-drafts:cancel-text' : 'wizard:cancel.text')}</p>
          </Dialog>
        </>
      );
    }
    default:
      return cantHappen(position);
  }

  function stepProps(at: number): StepProps {
    return {
      sessionId: session.sessionId,
      address: session.view.record?.address ?? null,
      procedure,
      context,
      contracts: contractsKnown(session.view.facts),
      corrects: session.view.correcting?.procedureId === procedure.id ? session.view.correcting.receiptNumber : null,
      state,
      at,
      quote: quoteOf(procedure, context, state),
      send,
      submit,
      onBack: () => (previousAt(procedure, context, state.draft, at) === null ? onLeave() : send({ type: 'back' })),
      onCancel: () => setCancelling(true),
      onKeep: isKept ? () => keep(false) : null,
      hasAnswers: isAnswered,
    };
  }

  function unavailable(reason: string) {
    const text = t(`unavailable:${reason}`, { defaultValue: t('unavailable:other') });
    return (
      <Message
        id="unavailable"
        heading={t('wizard:unavailable.title')}
        text={text}
        actionLabel={t('to-home')}
        onAction={leave}
      />
    );
  }
}

/** Read and agreed to by the customer themselves. */
function isForCustomer(step: Step): boolean {
  return step.kind === 'review' || step.kind === 'terms' || step.kind === 'identity';
}

function CurrentStep({ props }: { props: StepProps }) {
  const step = stepAt(props.procedure, props.at);
  switch (step.kind) {
    case 'choose':
      return <ChooseStep {...props} step={step} />;
    case 'review':
      return <ReviewStep {...props} />;
    case 'terms':
      return <TermsStep {...props} />;
    case 'identity':
      return <IdentityStep {...props} />;
    default:
      return cantHappen(step);
  }
}
