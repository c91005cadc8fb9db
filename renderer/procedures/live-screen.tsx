import { type LiveProcedureId, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { useLanguage } from '../app/language.tsx';
import type { LoadedSession } from '../app/loaded-session.ts';
import { Message } from '../app/screens/message.tsx';
import { ReissuePassword } from './account/reissue-password.tsx';

export interface LiveScreenProps {
  readonly id: LiveProcedureId;
  readonly session: LoadedSession;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

/** The screen of a live procedure, or why it can't be done for this customer. */
export function LiveScreen({ id, session, onLeave, onEnd }: LiveScreenProps) {
  const { t } = useLanguage();
  const { task, whyNot } = liveProcedure(id);
  const { accounts, facts } = session.view;
  const [first, ...others] = accounts.filter(({ kind }) => kind === task.account);
  if (first === undefined) {
    const reason = facts.kind === 'unknown' ? 'needs-central' : (whyNot(accounts) ?? 'other');
    return (
      <Message
        id="unavailable"
        heading={t('wizard:unavailable.title')}
        text={t(`unavailable:${reason}`)}
        actionLabel={t('to-home')}
        onAction={onLeave}
      />
    );
  }
  return (
    <ReissuePassword
      procedureId={id}
      sessionId={session.sessionId}
      accounts={[first, ...others]}
      onLeave={onLeave}
      onEnd={onEnd}
    />
  );
}
