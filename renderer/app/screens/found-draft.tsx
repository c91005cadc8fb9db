import { useEffect, useRef } from 'react';
import { draftNumber } from '../../../shared/domain/kept-draft.ts';
import { Spinner } from '../../kit/index.ts';
import { useLanguage } from '../language.tsx';
import type { LoadedSession } from '../loaded-session.ts';
import { goInstead, HOME, openProcedure } from '../route.ts';
import { Screen } from '../screen.tsx';
import { useResumeDraft } from '../use-resume-draft.ts';
import { Message } from './message.tsx';

/** The draft that a slip's number names, among the customer's own. */
export function FoundDraft({ session, number }: { session: LoadedSession; number: string | null }) {
  const { t } = useLanguage();
  const { state, resume } = useResumeDraft(session, openProcedure);
  const isAsked = useRef(false);
  const found = session.view.drafts?.find(({ draftId }) => draftNumber(draftId) === number);
  useEffect(() => {
    if (isAsked.current || found === undefined) return;
    isAsked.current = true;
    resume(found);
  }, [found, resume]);
  // Asked for again where staff stood here meanwhile: the answer was dropped.
  useEffect(
    () => () => {
      isAsked.current = false;
    },
    [],
  );
  const notFound = session.view.drafts === null ? 'unreachable' : 'unknown';
  const problem = found === undefined && state !== 'opening' ? notFound : state;
  if (problem === 'unknown' || problem === 'unreachable') {
    return (
      <Message
        id="no-draft"
        heading={t(`kept-drafts:${problem}.title`)}
        text={t(`kept-drafts:${problem}.text`)}
        actionLabel={t('to-home')}
        onAction={() => goInstead(HOME)}
      />
    );
  }
  return (
    <Screen id="opening-draft" heading={t('kept-drafts:open.opening')}>
      <Spinner label={t('kept-drafts:open.opening')} />
    </Screen>
  );
}
