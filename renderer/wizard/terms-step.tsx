import { useCallback, useEffect, useState } from 'react';
import type { TermsDocument } from '../../shared/domain/terms.ts';
import { formatDate } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { useTerminal } from '../app/terminal-context.tsx';
import { Button, CheckBox, Notice, Sheet, Spinner, TermsReader } from '../kit/index.ts';
import type { StepProps } from './step-props.ts';
import { StepScreen } from './step-screen.tsx';
import { allOpened, canSubmit } from './wizard-state.ts';
import './wizard.css';

const NEEDS_ID = 'terms-needs';

export function TermsStep(props: StepProps & { isSubmitting?: boolean }) {
  const { t, language } = useLanguage();
  const { procedure, state, quote, send, submit, isSubmitting = false } = props;
  const { documents, isFailed, retry } = useTerms(procedure.terms);
  const [reading, setReading] = useState<string | null>(null);
  const read = documents?.find((document) => document.id === reading) ?? null;
  const isReady = canSubmit(procedure, state);
  const isOpened = allOpened(procedure, state);
  const open = (document: TermsDocument) => {
    setReading(document.id);
    send({ type: 'opened', document });
  };
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
        <TermsReader
          documents={documents.map((document) => ({
            id: document.id,
            title: document.title,
            versionLabel: t('wizard:terms.version', { date: versionText(document.version) }),
            opened: state.opened[document.id] === document.version,
            openedLabel: t('wizard:terms.opened'),
            unopenedLabel: t('wizard:terms.unopened'),
          }))}
          onOpen={(id) => {
            const document = documents.find((one) => one.id === id);
            if (document !== undefined) open(document);
          }}
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
      {read === null ? null : (
        <Sheet title={read.title} isOpen onClose={() => setReading(null)} closeLabel={t('close')}>
          {read.sample ? <p className="wizard-terms__sample">{t('wizard:terms.sample')}</p> : null}
          {read.paragraphs.map((paragraph) => (
            <section className="wizard-terms__paragraph" key={paragraph.heading}>
              <h3>{paragraph.heading}</h3>
              <p>{paragraph.body}</p>
            </section>
          ))}
        </Sheet>
      )}
    </StepScreen>
  );

  function versionText(version: string): string {
    return /^\d{4}-\d{2}-\d{2}$/.test(version) ? formatDate(language, version) : version;
  }
}

function useTerms(ids: StepProps['procedure']['terms']): {
  documents: readonly TermsDocument[] | null;
  isFailed: boolean;
  retry: () => void;
} {
  const { language } = useLanguage();
  const { connection } = useTerminal();
  const [documents, setDocuments] = useState<readonly TermsDocument[] | null>(null);
  const [isFailed, setFailed] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const retry = useCallback(() => setAttempt((count) => count + 1), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks again
  useEffect(() => {
    let isWanted = true;
    setFailed(false);
    void connection
      .ask((client) => client.terms.get({ ids: [...ids], language }))
      .then((answer) => {
        if (!isWanted) return;
        if (answer.kind === 'ok') setDocuments(answer.value);
        else setFailed(true);
      });
    return () => {
      isWanted = false;
    };
  }, [connection, ids, language, attempt]);
  return { documents, isFailed, retry };
}
