import { useLanguage } from '../app/language.tsx';
import { Button, CheckBox, Notice, Spinner } from '../kit/index.ts';
import type { StepProps } from './step-props.ts';
import { StepScreen } from './step-screen.tsx';
import { TermsDocuments } from './terms-documents.tsx';
import { useTerms } from './use-terms.ts';
import { allOpened, canSubmit } from './wizard-state.ts';
import './wizard.css';

const NEEDS_ID = 'terms-needs';

export function TermsStep(props: StepProps & { isSubmitting?: boolean }) {
  const { t } = useLanguage();
  const { procedure, context, state, quote, send, submit, isSubmitting = false } = props;
  const { documents, isFailed, retry } = useTerms(procedure.termsFor(context, state.draft));
  const isReady = canSubmit(procedure, context, state);
  const isOpened = allOpened(procedure, context, state);
  return (
    <StepScreen
      props={props}
      heading={t('wizard:terms.title')}
      lead={t('wizard:terms.lead')}
      hasPriceStrip
      primary={
        <Button
          variant="primary"
          isDisabled={!isReady || quote === null}
          isPending={isSubmitting}
          pendingLabel={t('wizard:submitting.title')}
          describedBy={isReady ? undefined : NEEDS_ID}
          onPress={() => (quote === null ? undefined : submit(quote))}
        >
          {t('wizard:terms.submit')}
        </Button>
      }
    >
      {isFailed ? (
        <Notice tone="error" title={t('wizard:terms.failed')}>
          <Button variant="secondary" size="small" onPress={retry}>
            {t('retry')}
          </Button>
        </Notice>
      ) : null}
      {documents === null ? (
        isFailed ? null : (
          <Spinner label={t('loading')} />
        )
      ) : (
        <TermsDocuments
          documents={documents}
          isOpened={({ id, version }) => state.opened[id] === version}
          onOpen={(document) => send({ type: 'opened', document })}
        />
      )}
      <div className="wizard-accept">
        <CheckBox
          isSelected={state.isAccepted}
          isDisabled={!isOpened || isSubmitting}
          onChange={(isAccepted) => send({ type: 'accepted', isAccepted })}
          description={t(isOpened ? 'wizard:terms.accept-ready' : 'wizard:terms.accept-first')}
        >
          {t('wizard:terms.accept')}
        </CheckBox>
        {isReady ? null : (
          <p className="wizard-accept__needs" id={NEEDS_ID}>
            {t('wizard:terms.submit-needs')}
          </p>
        )}
      </div>
    </StepScreen>
  );
}
