import { FileClock } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { DraftEntry } from '../../../shared/contract/draft-entry.ts';
import { isProcedureId, loadProcedure } from '../../../shared/procedures/registry.ts';
import { Badge, Button, Dialog, KeyValueList, LinkRow, LinkRows, Notice, Section } from '../../kit/index.ts';
import { draftItems } from '../draft-items.ts';
import { formatDate, formatDay } from '../format.ts';
import { useUnderWay } from '../under-way-context.ts';
import { useLanguage } from '../language.tsx';
import type { LoadedSession } from '../loaded-session.ts';
import { openProcedure } from '../route.ts';
import { useTerminal } from '../terminal-context.tsx';
import { isUnderWay } from '../../wizard/wizard-state.ts';
import { useResumeDraft } from '../use-resume-draft.ts';

/** 保存したお手続き: on with it, or away with it. */
export function KeptDrafts({ session }: { session: LoadedSession }) {
  const { t, language } = useLanguage();
  const [opened, setOpened] = useState<DraftEntry | null>(null);
  const { drafts } = session.view;
  if (drafts === null || drafts.length === 0) return null;
  return (
    <div className="home__wide">
      <Section title={t('kept-drafts:home.title')}>
        <LinkRows>
          {drafts.map((entry) => (
            <LinkRow
              key={entry.draftId}
              title={t(`procedures:${entry.procedureId}.title`)}
              description={t('kept-drafts:home.entry', {
                saved: formatDay(language, entry.keptAt),
                until: formatDate(language, entry.expiresOn),
              })}
              icon={<FileClock />}
              trailing={entry.isWaiting ? <Badge tone="attention">{t('kept-drafts:home.waiting')}</Badge> : undefined}
              onPress={() => setOpened(entry)}
            />
          ))}
        </LinkRows>
      </Section>
      {opened === null ? null : (
        <DraftDialog key={opened.draftId} session={session} entry={opened} onClose={() => setOpened(null)} />
      )}
    </div>
  );
}

function DraftDialog({ session, entry, onClose }: { session: LoadedSession; entry: DraftEntry; onClose: () => void }) {
  const { t, language } = useLanguage();
  const terminal = useTerminal();
  const { state, resume } = useResumeDraft(session, openProcedure);
  const [isErasing, setErasing] = useState(false);
  const [isNotErased, setNotErased] = useState(false);
  const { sessionId } = session;
  const { draftId, procedureId } = entry;
  const underWay = useUnderWay();
  const [wouldLose, setWouldLose] = useState(false);
  useEffect(() => {
    const state = underWay.get(procedureId);
    if (state === undefined || !isProcedureId(procedureId)) return undefined;
    let isWanted = true;
    void loadProcedure(procedureId).then((procedure) => {
      if (isWanted) setWouldLose(isUnderWay(procedure, state));
    });
    return () => {
      isWanted = false;
    };
  }, [underWay, procedureId]);
  const problem = state === 'unknown' || state === 'unreachable' ? state : isNotErased ? 'unreachable' : null;
  const erase = () => {
    setErasing(true);
    void terminal.connection
      .ask((client) => client.drafts.erase({ sessionId, draftId }))
      .then(async (answer) => {
        if (answer.kind === 'refused' && answer.error.code === 'SESSION_GONE') terminal.sessionGone(sessionId);
        if (answer.kind === 'ok') {
          await terminal.refresh();
          onClose();
          return;
        }
        setErasing(false);
        setNotErased(true);
      });
  };
  return (
    <Dialog
      title={t(`procedures:${procedureId}.title`)}
      isOpen
      onClose={onClose}
      closeLabel={t('close')}
      actions={
        <>
          <Button variant="danger" onPress={erase} isPending={isErasing}>
            {t('kept-drafts:open.erase')}
          </Button>
          <Button
            variant="primary"
            onPress={() => resume(entry)}
            isPending={state === 'opening'}
            pendingLabel={t('kept-drafts:open.opening')}
          >
            {t('kept-drafts:open.resume')}
          </Button>
        </>
      }
    >
      {wouldLose ? <Notice tone="attention">{t('kept-drafts:open.under-way')}</Notice> : null}
      {problem === null ? (
        <p>{t('kept-drafts:open.text')}</p>
      ) : (
        <Notice tone="attention" title={t(`kept-drafts:${problem}.title`)}>
          <p>{t(`kept-drafts:${problem}.text`)}</p>
        </Notice>
      )}
      <KeyValueList items={draftItems(t, language, entry)} />
    </Dialog>
  );
}
