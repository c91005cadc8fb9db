import { Camera } from 'lucide-react';
import { useState } from 'react';
import type { DocumentRule, IdentifiedPerson } from '../../../../shared/domain/identity-policy.ts';
import { useLanguage } from '../../../app/language.tsx';
import { useTerminal } from '../../../app/terminal-context.tsx';
import { Button, Notice } from '../../../kit/index.ts';
import { StepScreen } from '../../step-screen.tsx';
import type { CaptureProps } from './capture-flow.tsx';
import { DocumentConsent } from './document-consent.tsx';
import { photographed } from './taken.ts';

/** Which document, and what is made of its pictures: the camera is on only after the customer agreed to that. */
export function ChooseDocument(
  props: CaptureProps & { readonly person: IdentifiedPerson; readonly onBegin: (rule: DocumentRule) => void },
) {
  const { t } = useLanguage();
  const { sessionId, state, documents, taken, person, onDiscarded, onDone, onBegin } = props;
  const { connection, sessionGone } = useTerminal();
  const before = photographed(person, documents, taken);
  const own = taken.map(({ shows }) => shows).filter((shows) => shows.person === person);
  const [chosen, setChosen] = useState<string | null>(own[0]?.document ?? null);
  const [isTried, setTried] = useState(false);
  const [isFailed, setFailed] = useState(false);
  const rule = documents.find(({ document }) => document === chosen);
  // Of one that is there altogether none is kept: it is taken anew.
  const kept = before === undefined ? own.filter(({ document }) => document === chosen) : [];
  const begin = async (): Promise<void> => {
    setTried(true);
    if (rule === undefined) return;
    const { applicationId } = state;
    const of = { sessionId, applicationId };
    const begun = await connection.ask((client) => client.captures.begin(of));
    // Whoever wants them anew has the ones before no more: each side is judged by the other.
    const answer =
      begun.kind === 'ok' && before !== undefined
        ? await connection.ask((client) => client.captures.discard({ ...of, person }))
        : begun;
    if (answer.kind === 'ok') {
      if (before !== undefined) onDiscarded(person);
      onBegin(rule);
    } else if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') sessionGone(sessionId);
    else setFailed(true);
  };
  return (
    <StepScreen
      props={props}
      heading={t('capture:choose.title')}
      lead={t(`identity:person.${person}`)}
      hasPriceStrip
      primary={
        <Button variant="primary" onPress={() => void begin()}>
          {t('capture:choose.begin')}
        </Button>
      }
    >
      <div className="wizard-identity">
        {isFailed ? <Notice tone="error">{t('capture:choose.failed')}</Notice> : null}
        {kept.length === 0 ? null : (
          <Notice tone="info" icon={<Camera />}>
            {t('capture:choose.kept', {
              pictures: kept
                .map(({ document, side }) =>
                  t(`capture:side.${side}`, { document: t(`identity:document.${document}`) }),
                )
                .join(t('wizard:separator')),
            })}
          </Notice>
        )}
        <DocumentConsent
          documents={documents}
          value={chosen}
          onChange={setChosen}
          isMissing={isTried && rule === undefined}
          keeping={[
            t('capture:consent.keep'),
            ...(documents.some(({ face = false }) => face) ? [t('capture:consent.face')] : []),
          ]}
        />
        {before === undefined ? (
          <div className="wizard-identity__more">
            <Button variant="secondary" onPress={onDone}>
              {t('capture:choose.skip')}
            </Button>
          </div>
        ) : null}
      </div>
    </StepScreen>
  );
}
