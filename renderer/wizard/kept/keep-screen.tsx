import { useCallback, useEffect, useRef, useState } from 'react';
import type { DraftContent } from '../../../shared/central-api/drafts.ts';
import type { DraftEntry } from '../../../shared/contract/draft-entry.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { draftNumber, draftNumberGrouped } from '../../../shared/domain/kept-draft.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { EndBar } from '../../app/end-bar.tsx';
import { formatDate } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { useTerminal } from '../../app/terminal-context.tsx';
import { ActionBar, Button, Card, KeyValueList, Notice, ReceiptNumber, Spinner } from '../../kit/index.ts';
import { SlipNotice } from '../slip-notice.tsx';
import { useSlip } from '../use-slip.ts';
import './kept.css';

type Problem = 'too-many' | 'already-applied' | 'disk-full' | 'not-offered' | 'link-lost' | 'unexpected';
type Phase =
  | { readonly kind: 'keeping' }
  | { readonly kind: 'kept'; readonly entry: DraftEntry }
  | { readonly kind: 'problem'; readonly problem: Problem };

export interface KeepScreenProps {
  readonly sessionId: string;
  readonly draftId: string;
  readonly content: DraftContent;
  /** The draft that the customer went on from. */
  readonly replaces: string | null;
  /** The customer leaves: the session ends once the slip is out. */
  readonly endsSession: boolean;
  /** It couldn't be kept, or not yet: on with the procedure. */
  readonly onBack: () => void;
  readonly onKept: () => void;
  readonly onHome: () => void;
  readonly onEnd: () => void;
}

/** 一時保存: keeps it, and says how to go on with it. */
export function KeepScreen(props: KeepScreenProps) {
  const { sessionId, draftId, content, replaces, onBack, onKept, onHome } = props;
  const { t } = useLanguage();
  const terminal = useTerminal();
  const [phase, setPhase] = useState<Phase>({ kind: 'keeping' });
  const isAsked = useRef(false);
  const keep = useCallback(() => {
    setPhase({ kind: 'keeping' });
    void terminal.connection
      .ask((client) => client.drafts.keep({ sessionId, draftId, content, replaces }))
      .then((answer) => {
        switch (answer.kind) {
          case 'ok':
            onKept();
            setPhase({ kind: 'kept', entry: answer.value });
            return;
          case 'link-lost':
            setPhase({ kind: 'problem', problem: 'link-lost' });
            return;
          case 'failed':
            setPhase({ kind: 'problem', problem: 'unexpected' });
            return;
          case 'refused':
            break;
          default:
            cantHappen(answer);
        }
        switch (answer.error.code) {
          case 'SESSION_GONE':
            terminal.sessionGone(sessionId);
            return;
          case 'NOT_OFFERED':
            setPhase({ kind: 'problem', problem: 'not-offered' });
            return;
          case 'TOO_MANY':
            setPhase({ kind: 'problem', problem: 'too-many' });
            return;
          case 'ALREADY_APPLIED':
            setPhase({ kind: 'problem', problem: 'already-applied' });
            return;
          case 'DISK_FULL':
            setPhase({ kind: 'problem', problem: 'disk-full' });
            return;
          default:
            cantHappen(answer.error);
        }
      });
  }, [terminal, sessionId, draftId, content, replaces, onKept]);
  useEffect(() => {
    if (isAsked.current) return;
    isAsked.current = true;
    keep();
  }, [keep]);

  switch (phase.kind) {
    case 'keeping':
      return (
        <Screen id="keeping" heading={t('kept-drafts:keeping')}>
          <Spinner label={t('kept-drafts:keeping')} />
        </Screen>
      );
    case 'problem': {
      // To go on would be a second application, which a person would have to look at.
      const isOver = phase.problem === 'already-applied';
      const isToRepeat = phase.problem === 'link-lost' || phase.problem === 'unexpected';
      return (
        <Screen
          id="keep-problem"
          heading={t('kept-drafts:problem.title')}
          lead={t(`procedures:${content.procedureId}.title`)}
          actions={
            <ActionBar
              back={
                isToRepeat ? (
                  <Button variant="secondary" onPress={onBack}>
                    {t('kept-drafts:back')}
                  </Button>
                ) : undefined
              }
              primary={
                isOver ? (
                  <Button
                    variant="primary"
                    onPress={() => {
                      onKept();
                      onHome();
                    }}
                  >
                    {t('to-home')}
                  </Button>
                ) : (
                  <Button variant="primary" onPress={isToRepeat ? keep : onBack}>
                    {t(isToRepeat ? 'retry' : 'kept-drafts:back')}
                  </Button>
                )
              }
            />
          }
        >
          <Notice tone="attention">{t(`kept-drafts:problem.${phase.problem}`)}</Notice>
        </Screen>
      );
    }
    case 'kept':
      return <Kept {...props} entry={phase.entry} />;
    default:
      return cantHappen(phase);
  }
}

function Kept({ sessionId, entry, endsSession, onHome, onEnd }: KeepScreenProps & { entry: DraftEntry }) {
  const { t, language } = useLanguage();
  const announce = useAnnounce();
  const { draftId, procedureId, expiresOn, isWaiting } = entry;
  const { slip, printAgain } = useSlip(sessionId, { kind: 'draft', id: draftId });
  const title = t('kept-drafts:kept.title');
  useEffect(() => announce(title), [announce, title]);
  const isOut = slip.kind === 'printed' || slip.kind === 'no-status';
  useEffect(() => {
    if (endsSession && isOut) onEnd();
  }, [endsSession, isOut, onEnd]);
  return (
    <Screen
      id="kept"
      heading={title}
      lead={t(`procedures:${procedureId}.title`)}
      actions={<EndBar onAgain={onHome} onEnd={onEnd} />}
    >
      <div className="kept-facts">
        <ReceiptNumber label={t('kept-drafts:number')} value={draftNumberGrouped(draftNumber(draftId))} />
        <Notice tone="attention" title={t('kept-drafts:kept.not-applied')}>
          <p>{t(isWaiting ? 'kept-drafts:kept.waiting' : 'kept-drafts:kept.how')}</p>
        </Notice>
        <Card>
          <KeyValueList items={[{ label: t('kept-drafts:until'), value: formatDate(language, expiresOn) }]} />
        </Card>
        <SlipNotice slip={slip} standsText={t('kept-drafts:kept.stands')} onPrintAgain={printAgain} />
      </div>
    </Screen>
  );
}
