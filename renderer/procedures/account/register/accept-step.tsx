import { useState } from 'react';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminalState } from '../../../app/terminal-context.tsx';
import { Button, CheckBox, Notice, Spinner } from '../../../kit/index.ts';
import { TermsDocuments } from '../../../wizard/terms-documents.tsx';
import { useTerms } from '../../../wizard/use-terms.ts';
import { RegisterScreen } from './register-screen.tsx';
import type { RegistrationState } from './use-registration.ts';

const TERMS = ['my-page'] as const;

/** 利用規約: opened, then 承諾する, then 確認. */
export function AcceptStep({ registration }: { registration: RegistrationState }) {
  const { t } = useLanguage();
  const { terms, accept, go, goOn, replaces, start, isPending } = registration;
  const { status } = useTerminalState();
  const { documents, isFailed, retry } = useTerms(TERMS);
  const [isOpened, setOpened] = useState(terms !== null);
  return (
    <RegisterScreen
      registration={registration}
      heading={t('register:terms.title')}
      lead={t('register:terms.lead')}
      onBack={() => go(start.kind === 'staff' ? 'staff' : 'contractor')}
      primary={
        <Button
          variant="primary"
          isDisabled={terms === null || (start.kind === 'staff' && status?.central === 'unreachable')}
          isPending={isPending}
          pendingLabel={t('one-time:staff.pending')}
          onPress={goOn}
        >
          {t('confirm')}
        </Button>
      }
    >
      {replaces ? (
        <Notice tone="attention">
          <p>{t('register:replaces')}</p>
        </Notice>
      ) : null}
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
        <TermsDocuments documents={documents} isOpened={() => isOpened} onOpen={() => setOpened(true)} />
      )}
      <CheckBox
        isSelected={terms !== null}
        isDisabled={!isOpened || documents === null}
        onChange={(isAccepted) =>
          accept(isAccepted && documents !== null ? documents.map(({ id, version }) => ({ id, version })) : null)
        }
        description={t(isOpened ? 'register:terms.ready' : 'register:terms.first')}
      >
        {t('wizard:terms.accept')}
      </CheckBox>
    </RegisterScreen>
  );
}
