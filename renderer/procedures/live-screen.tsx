import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { type LiveProcedureId, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { useLanguage } from '../app/language.tsx';
import type { LoadedSession } from '../app/loaded-session.ts';
import { Message } from '../app/screens/message.tsx';
import { useTerminalState } from '../app/terminal-context.tsx';
import { ChangePassword } from './account/change-password.tsx';
import { CustomerRecordView } from './account/customer-record.tsx';
import { Register } from './account/register/register.tsx';
import { ReissuePassword } from './account/reissue-password.tsx';
import { ResetPassword } from './account/reset-password/reset-password.tsx';
import { ChangeId } from './record/change-id.tsx';
import { ManageCableIds } from './video/manage-cable-ids.tsx';
import { VideoOverview } from './video/video-overview.tsx';

export interface LiveScreenProps {
  readonly id: LiveProcedureId;
  readonly session: LoadedSession;
  readonly onLeave: () => void;
  readonly onEnd: () => void;
}

/** The screen of a live procedure, or why it can't be done for this customer. */
export function LiveScreen({ id, session, onLeave, onEnd }: LiveScreenProps) {
  const { t } = useLanguage();
  const { status } = useTerminalState();
  const { task, audience, whyNot } = liveProcedure(id);
  const { sessionId, view } = session;
  const screen = { procedureId: id, sessionId, onLeave, onEnd };
  const reason = view.facts.kind === 'unknown' ? 'needs-central' : whyNot(view.accounts);
  // A password is changed by who signed in with it, and not where staff opened the session.
  if (status?.mode === 'staff' && !audience.includes('S')) return unavailable('other');
  if (reason !== null) return unavailable(reason);
  switch (task.kind) {
    case 'register':
    case 'recover-id':
      // Whoever is signed in has an ID.
      return status?.mode === 'staff' ? (
        <Register start={{ kind: 'staff', sessionId }} onLeave={onLeave} onEnd={onEnd} />
      ) : (
        unavailable('has-id')
      );
    case 'reset-password':
      return status?.mode === 'staff' ? (
        <ResetPassword start={{ kind: 'staff', sessionId }} onLeave={onLeave} onEnd={onEnd} />
      ) : (
        // Whoever signed in knows it.
        unavailable('knows-password')
      );
    case 'customer-record':
      return <CustomerRecordView session={session} onLeave={onLeave} />;
    case 'change-id':
      return <ChangeId {...{ procedureId: id, session, onLeave, onEnd }} />;
    case 'video-overview':
      return <VideoOverview session={session} onLeave={onLeave} />;
    case 'manage-cable-ids': {
      const [first, ...others] = ofKind('cable-id');
      return first === undefined ? unavailable('other') : <ManageCableIds {...screen} accounts={[first, ...others]} />;
    }
    case 'reissue-password': {
      const [first, ...others] = ofKind(task.account);
      return first === undefined ? unavailable('other') : <ReissuePassword {...screen} accounts={[first, ...others]} />;
    }
    case 'change-password':
      return <ChangePassword {...screen} kind={task.account} account={ofKind(task.account)[0] ?? null} />;
    default:
      return cantHappen(task);
  }

  function ofKind(wanted: string) {
    return view.accounts.filter(({ kind }) => kind === wanted);
  }

  function unavailable(why: string) {
    return (
      <Message
        id="unavailable"
        heading={t('wizard:unavailable.title')}
        text={t(`unavailable:${why}`)}
        actionLabel={t('to-home')}
        onAction={onLeave}
      />
    );
  }
}
