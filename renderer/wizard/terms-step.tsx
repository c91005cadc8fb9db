import { useLanguage } from '../app/language.tsx';
import { Button, CheckBox, Notice, Spinner } from '../kit/index.ts';
import type { TermsDocument } from '../../shared/domain/terms.ts';
import { Confirmations } from './confirmations.tsx';
import type { StepProps } from './step-props.ts';
import { StepScreen } from './step-screen.tsx';
import { TermsDocuments } from './terms-documents.tsx';
import { useTerms } from './use-terms.ts';
import { allOpened, hasAgreed } from './wizard-state.ts';
import './wizard.css';

const NEEDS_ID = 'terms-needs';

export function TermsStep(props: StepProps & { isSubmitting?: boolean }) {
  const { t } = useLanguage();
  const { procedure, context, state, at, quote, send, submit, isSubmitting = false } = props;
  const { documents, isFailed, retry } = useTerms(procedure.termsFor(context, state.draft));
  const isReady = hasAgreed(procedure, context, state);
  const isLast = at === procedure.steps.length - 1;
  const isOpened = allOpened(procedure, context, state);
  const isOpenedNow = ({ id, version }: TermsDocument): boolean => state.opened[id] === version;
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
          onPress={() => (isLast && quote !== null ? submit(quote) : send({ type: 'next' }))}
        >
          {t(isLast ? 'wizard:terms.submit' : 'next')}
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
        <>
          <Confirmations
            documents={documents.filter(({ id }) => procedure.confirmations.includes(id))}
            isConfirmed={isOpenedNow}
            onChange={(document, isConfirmed) =>
              send(isConfirmed ? { type: 'opened', document } : { type: 'unconfirmed', id: document.id })
            }
          />
          <TermsDocuments
            documents={documents.filter(({ id }) => !procedure.confirmations.includes(id))}
            isOpened={isOpenedNow}
            onOpen={(document) => send({ type: 'opened', document })}
          />
        </>
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
