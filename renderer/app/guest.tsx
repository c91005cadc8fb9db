import { type LiveProcedureId, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { Register } from '../procedures/account/register/register.tsx';
import { ResetPassword } from '../procedures/account/reset-password/reset-password.tsx';
import { go, SIGN_IN } from './route.ts';

/** Procedures of people who aren't signed in, because they have no ID or no password. null: with a one-time password. */
export default function Guest({ id, onEnd }: { id: LiveProcedureId | null; onEnd: () => void }) {
  const onLeave = () => go(SIGN_IN);
  if (id === null) return <Register start={{ kind: 'redeem' }} onLeave={onLeave} onEnd={onEnd} />;
  const { task } = liveProcedure(id);
  if (task.kind === 'reset-password')
    return <ResetPassword start={{ kind: 'guest' }} onLeave={onLeave} onEnd={onEnd} />;
  if (task.kind !== 'register' && task.kind !== 'recover-id') return null;
  return (
    <Register
      key={id}
      start={{ kind: 'contractor', isRecovery: task.kind === 'recover-id' }}
      onLeave={onLeave}
      onEnd={onEnd}
    />
  );
}
