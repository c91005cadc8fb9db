import type { DraftEntry } from '../../../shared/contract/draft-entry.ts';
import { draftItems } from '../../app/draft-items.ts';
import { formatDay } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import type { LoadedSession } from '../../app/loaded-session.ts';
import { Screen } from '../../app/screen.tsx';
import { useResumeDraft } from '../../app/use-resume-draft.ts';
import { ActionBar, Button, Card, KeyValueList, Notice } from '../../kit/index.ts';

interface KeptFirstProps {
  readonly session: LoadedSession;
  readonly kept: DraftEntry;
  readonly onLeave: () => void;
  /** The kept answers are under way now. */
  readonly onResumed: () => void;
  readonly onAnew: () => void;
}

/** Who opens a procedure of which something is kept is asked whether to go on with it (manual p.88). */
export function KeptFirst({ session, kept, onLeave, onResumed, onAnew }: KeptFirstProps) {
  const { t, language } = useLanguage();
  const { state, resume } = useResumeDraft(session, onResumed);
  const { procedureId, keptAt } = kept;
  return (
    <Screen
      id="kept-first"
      heading={t('kept-drafts:first.title')}
      windowTitle={t(`procedures:${procedureId}.title`)}
      lead={t('kept-drafts:first.lead', { saved: formatDay(language, keptAt) })}
      actions={
        <ActionBar
          back={
            <Button variant="secondary" onPress={onLeave}>
              {t('back')}
            </Button>
          }
          extra={
            <Button variant="secondary" onPress={onAnew}>
              {t('kept-drafts:first.anew')}
            </Button>
          }
          primary={
            <Button
              variant="primary"
              onPress={() => resume(kept)}
              isPending={state === 'opening'}
              pendingLabel={t('kept-drafts:open.opening')}
            >
              {t('kept-drafts:open.resume')}
            </Button>
          }
        />
      }
    >
      {state === 'unknown' || state === 'unreachable' ? (
        <Notice tone="attention" title={t(`kept-drafts:${state}.title`)}>
          <p>{t(`kept-drafts:${state}.text`)}</p>
        </Notice>
      ) : null}
      <Card>
        <KeyValueList
          items={[
            { label: t('kept-drafts:first.procedure'), value: t(`procedures:${procedureId}.title`) },
            ...draftItems(t, language, kept),
          ]}
        />
        <p>{t('kept-drafts:open.text')}</p>
        <p>{t('kept-drafts:first.anew-text')}</p>
      </Card>
    </Screen>
  );
}
