import { BadgeCheck, Camera, Hand, IdCard, Nfc, RotateCcw, Smartphone } from 'lucide-react';
import { useCallback, useState } from 'react';
import type { Taken } from '../../../shared/contract/captures.ts';
import { personsToIdentify } from '../../../shared/procedures/asked.ts';
import { documentsByPhone, documentsOn, type IdentifiedPerson } from '../../../shared/domain/identity-policy.ts';
import type { Client } from '../../app/channel.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import { useAnswer } from '../../app/use-answer.ts';
import { useHasCamera } from '../../devices/camera/use-has-camera.ts';
import { Badge, Button, Card, Notice, Section, Spinner } from '../../kit/index.ts';
import { StepScreen } from '../step-screen.tsx';
import type { StepProps } from '../step-props.ts';
import { canSubmit } from '../wizard-state.ts';
import { CaptureFlow } from './capture/capture-flow.tsx';
import { isPhotographed, withTaken } from './capture/taken.ts';
import { ChipFlow } from './chip/chip-flow.tsx';
import { PhoneFlow } from './phone/phone-flow.tsx';
import { PhoneNotNow } from './phone/phone-not-now.tsx';
import { StaffCheck } from './staff-check.tsx';
import './identity-step.css';

const askPolicy = (client: Client) => client.identity.policy();

type Doing = 'nothing' | 'photographing' | 'handing-over' | 'checking' | 'reading';

/**
 * Who applies, and who is to use it, show their documents to staff, at the screen where they are; only then can the
 * application go out.
 */
export function IdentityStep(props: StepProps & { readonly isSubmitting?: boolean }) {
  const { t } = useLanguage();
  const { sessionId, procedure, context, state, quote, submit, isSubmitting = false } = props;
  const { calls, connection, sessionGone } = useTerminal();
  const { staff, status } = useTerminalState();
  const isCustomersTerminal = staff === null;
  const policyAnswer = useAnswer(askPolicy);
  const { value: policy } = policyAnswer;
  const [chosen, setDoing] = useState<Doing | null>(null);
  const persons = personsToIdentify(procedure, state.draft);
  const { applicationId } = state;
  const askBefore = useCallback(
    async (client: Client) => {
      const of = { sessionId, applicationId };
      // First: what a phone sends meanwhile is among what was taken.
      const begun = await client.phone.begun(of);
      return { begun, taken: await client.captures.taken(of) };
    },
    [sessionId, applicationId],
  );
  const beforeAnswer = useAnswer(askBefore, sessionId);
  const { value: before } = beforeAnswer;
  const [takenHere, setTakenHere] = useState<readonly Taken[] | null>(null);
  const taken = takenHere ?? before?.taken ?? [];
  const [anew, setAnew] = useState<IdentifiedPerson | null>(null);
  const hasCamera = useHasCamera();
  const documents = policy === null ? [] : documentsOn(policy, 'staff-eye', context.today);
  const forPictures = policy === null ? [] : documentsOn(policy, 'picture', context.today);
  const hasIdReader = status?.hasIdReader ?? false;
  const forChip = policy === null || !hasIdReader ? [] : documentsOn(policy, 'ic-chip', context.today);
  const forChipAlone = policy === null || !hasIdReader ? [] : documentsOn(policy, 'ic-chip', context.today, false);
  const forPhone = policy === null ? [] : documentsByPhone(policy, context.today);
  const mayHandOver = before !== null && forPhone.length > 0;
  const isAway = status?.central === 'unreachable';
  const mayPhotograph = hasCamera === true && before !== null && forPictures.length > 0;
  const photographedPersons = persons.filter((person) => isPhotographed(person, forPictures, taken));
  const isReady = photographedPersons.length === persons.length;

  // The screen was locked in its middle, or staff were at this terminal: the customer goes on with it.
  const begun = chosen === null && before?.begun && persons.includes(before.begun.person) ? before.begun : null;
  const doing = chosen ?? (begun === null ? 'nothing' : 'handing-over');

  const leaveCamera = (): void => {
    setAnew(null);
    setDoing('nothing');
  };
  const discarded = (person: IdentifiedPerson): void =>
    setTakenHere(taken.filter(({ shows }) => shows.person !== person));
  const photographAnew = (person: IdentifiedPerson): void => {
    setAnew(person);
    setDoing('photographing');
  };
  /** Gone at once, so that staff can do without them where no phone is to take others. */
  const handOverAnew = async (person: IdentifiedPerson): Promise<void> => {
    const of = { sessionId, applicationId, person };
    const answer = await connection.ask((client) => client.captures.discard(of));
    if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') {
      sessionGone(sessionId);
      return;
    }
    if (answer.kind === 'ok') discarded(person);
    setAnew(person);
    setDoing('handing-over');
  };
  const onAnew = mayPhotograph
    ? photographAnew
    : mayHandOver
      ? (person: IdentifiedPerson) => void handOverAnew(person)
      : null;
  if (doing === 'checking' && policy !== null && state.identifiedBy === null) {
    const check = { policy, persons, documents, forPictures, forChip, taken, onAnew };
    return <StaffCheck {...props} {...check} onBack={() => setDoing('nothing')} />;
  }
  if (doing === 'reading' && state.identifiedBy === null) {
    const leave = (): void => setDoing('nothing');
    return <ChipFlow {...props} persons={persons} documents={forChipAlone} onBack={leave} onDone={leave} />;
  }
  if (doing === 'photographing' && state.identifiedBy === null) {
    return (
      <CaptureFlow
        {...props}
        persons={anew === null ? persons : [anew]}
        documents={forPictures}
        taken={taken}
        onTaken={(one) => setTakenHere(withTaken(taken, one))}
        onDiscarded={discarded}
        onFaceDiscarded={(person) =>
          setTakenHere(taken.filter(({ shows }) => shows.person !== person || shows.side !== 'face'))
        }
        onPhone={mayHandOver ? () => setDoing('handing-over') : null}
        onDone={leaveCamera}
      />
    );
  }
  if (doing === 'handing-over' && state.identifiedBy === null) {
    return (
      <PhoneFlow
        {...props}
        persons={anew === null ? persons : [anew]}
        documents={forPhone}
        taken={taken}
        begun={begun}
        onTaken={(all) => setTakenHere(all.reduce(withTaken, [...taken]))}
        onDiscarded={discarded}
        onDone={leaveCamera}
      />
    );
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
      onPress={() => setDoing('checking')}
    >
      {t('identity:begin')}
    </Button>
  );
  const call = (
    <Button variant="primary" icon={<Hand />} onPress={() => calls.raise(procedure.id)}>
      {t('call-staff')}
    </Button>
  );
  const photographWith = (variant: 'primary' | 'secondary') => (
    <Button variant={variant} icon={<Camera />} onPress={() => setDoing('photographing')}>
      {t('capture:begin')}
    </Button>
  );
  const handOver = (variant: 'primary' | 'secondary') => (
    <Button variant={variant} icon={<Smartphone />} onPress={() => setDoing('handing-over')}>
      {t('phone:begin')}
    </Button>
  );
  const read = (
    <Button variant="primary" icon={<Nfc />} onPress={() => setDoing('reading')}>
      {t('chip:begin')}
    </Button>
  );
  const { identifiedBy } = state;
  const failed = [policyAnswer, ...(identifiedBy === null ? [beforeAnswer] : [])].filter(({ isFailed }) => isFailed);
  // What is offered first isn't known before all of it is there, and is not to change under a finger.
  const isOpening = failed.length === 0 && (policy === null || before === null || hasCamera === null);
  const isToPhotograph = mayPhotograph && !isReady;
  const isToRead = isCustomersTerminal && forChipAlone.length > 0;
  const isToHandOver = mayHandOver && !isReady;
  const isPhoneFirst = isToHandOver && !isAway && !isToRead && !isToPhotograph;
  const forCustomer = isToRead
    ? read
    : isToPhotograph
      ? photographWith('primary')
      : isPhoneFirst
        ? handOver('primary')
        : call;
  const primary = isCustomersTerminal ? (isOpening ? null : forCustomer) : begin;
  const leadKey = isToRead
    ? 'chip:lead'
    : isToPhotograph
      ? 'capture:lead-before'
      : isPhoneFirst
        ? 'phone:lead-before'
        : 'identity:lead';
  return (
    <StepScreen
      props={props}
      heading={t('identity:title')}
      lead={identifiedBy !== null ? t('identity:done-lead') : isOpening ? undefined : t(leadKey)}
      hasPriceStrip
      primary={identifiedBy !== null || isSubmitting ? submitButton : primary}
    >
      {failed.length > 0 ? (
        <Notice tone="error" title={t('identity:failed')}>
          <Button variant="secondary" size="small" onPress={() => failed.forEach(({ retry }) => retry())}>
            {t('retry')}
          </Button>
        </Notice>
      ) : null}
      {identifiedBy === null && isOpening ? <Spinner label={t('loading')} /> : null}
      {identifiedBy !== null ? (
        <Notice
          tone="info"
          icon={<BadgeCheck />}
          title={identifiedBy.kind === 'chip' ? t('chip:done') : t('identity:done', { name: identifiedBy.name })}
        >
          {t(identifiedBy.kind === 'chip' ? 'chip:done-text' : 'identity:done-text')}
        </Notice>
      ) : (
        <div className="wizard-identity">
          {isReady ? (
            <Notice tone="info" icon={<Camera />} title={t('capture:ready')}>
              {t('capture:ready-text')}
            </Notice>
          ) : null}
          <Section title={t('identity:documents-of')}>
            <Card>
              <ul className="wizard-identity__list">
                {persons.map((person) => (
                  <li key={person}>
                    {t(`identity:person.${person}`)}{' '}
                    {photographedPersons.includes(person) ? (
                      <Badge tone="brand">{t('capture:photographed')}</Badge>
                    ) : null}
                  </li>
                ))}
              </ul>
              {onAnew !== null ? (
                <div className="wizard-identity__anew">
                  {photographedPersons.map((person) => (
                    <Button
                      key={person}
                      variant="secondary"
                      size="small"
                      icon={<RotateCcw />}
                      onPress={() => onAnew(person)}
                    >
                      {t('capture:anew', { person: t(`identity:person.${person}`) })}
                    </Button>
                  ))}
                </div>
              ) : null}
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
          {isToHandOver && isAway && !isToPhotograph ? <PhoneNotNow /> : null}
          <div className="wizard-identity__more">
            {isToPhotograph && (isToRead || !isCustomersTerminal) ? photographWith('secondary') : null}
            {isToHandOver && !isAway && !(isCustomersTerminal && isPhoneFirst) ? handOver('secondary') : null}
            {isCustomersTerminal ? begin : null}
          </div>
        </div>
      )}
    </StepScreen>
  );
}
