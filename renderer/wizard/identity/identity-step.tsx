import { BadgeCheck, Hand, IdCard } from 'lucide-react';
import { useState } from 'react';
import { personsToIdentify } from '../../../shared/procedures/asked.ts';
import { documentsOn } from '../../../shared/domain/identity-policy.ts';
import type { Client } from '../../app/channel.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { Button, Card, Notice, Section, Spinner } from '../../kit/index.ts';
import { StepScreen } from '../step-screen.tsx';
import type { StepProps } from '../step-props.ts';
import { canSubmit } from '../wizard-state.ts';
import { StaffCheck } from './staff-check.tsx';
import './identity-step.css';

const askPolicy = (client: Client) => client.identity.policy();

/**
 * Who applies, and who is to use it, show their documents to staff, at the screen where they are; only then can the
 * application go out.
 */
export function IdentityStep(props: StepProps & { readonly isSubmitting?: boolean }) {
  const { t } = useLanguage();
  const { procedure, context, state, quote, submit, isSubmitting = false } = props;
  const { calls } = useTerminal();
  const isCustomersTerminal = useTerminalState().staff === null;
  const { value: policy, isFailed, retry } = useAnswer(askPolicy);
  const [isChecking, setChecking] = useState(false);
  const persons = personsToIdentify(procedure, state.draft);

  if (isChecking && policy !== null && state.identifiedBy === null) {
    const documents = documentsOn(policy, 'staff-eye', context.today);
    return <StaffCheck {...props} persons={persons} documents={documents} onBack={() => setChecking(false)} />;
  }
  const submitButton = (
    <Button
      variant="primary"
      isDisabled={quote === null || !canSubmit(procedure, context, state)}
      isPending={isSubmitting}
      pendingLabel={t('wizard:submitting.title')}
      onPress={() => (quote === null ? undefined : submit(quote))}
    >
      {t('wizard:terms.submit')}
    </Button>
  );
  const begin = (
    <Button
      variant={isCustomersTerminal ? 'secondary' : 'primary'}
      icon={<IdCard />}
      isDisabled={policy === null}
      onPress={() => setChecking(true)}
    >
      {t('identity:begin')}
    </Button>
  );
  const call = (
    <Button variant="primary" icon={<Hand />} onPress={() => calls.raise(procedure.id)}>
      {t('call-staff')}
    </Button>
  );
  const isDone = state.identifiedBy !== null;
  return (
    <StepScreen
      props={props}
      heading={t('identity:title')}
      lead={t(isDone ? 'identity:done-lead' : 'identity:lead')}
      hasPriceStrip
      primary={isDone || isSubmitting ? submitButton : isCustomersTerminal ? call : begin}
    >
      {isFailed ? (
        <Notice tone="error" title={t('identity:failed')}>
          <Button variant="secondary" size="small" onPress={retry}>
            {t('retry')}
          </Button>
        </Notice>
      ) : null}
      {policy === null && !isFailed ? <Spinner label={t('loading')} /> : null}
      {isDone ? (
        <Notice tone="info" icon={<BadgeCheck />} title={t('identity:done', { name: state.identifiedBy })}>
          {t('identity:done-text')}
        </Notice>
      ) : (
        <div className="wizard-identity">
          <Section title={t('identity:documents-of')}>
            <Card>
              <ul className="wizard-identity__list">
                {persons.map((person) => (
                  <li key={person}>{t(`identity:person.${person}`)}</li>
                ))}
              </ul>
            </Card>
          </Section>
          <Section title={t('identity:documents')}>
            <Card>
              <ul className="wizard-identity__list">
                {(policy === null ? [] : documentsOn(policy, 'staff-eye', context.today)).map(
                  ({ document, supplementary }) => (
                    <li key={document}>
                      {t(`identity:document.${document}`)}
                      {supplementary ? t('identity:with-supplementary') : ''}
                    </li>
                  ),
                )}
              </ul>
              <p className="wizard-identity__note">{t('identity:documents-note')}</p>
            </Card>
          </Section>
          {isCustomersTerminal ? <div>{begin}</div> : null}
        </div>
      )}
    </StepScreen>
  );
}
