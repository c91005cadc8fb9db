import { type LiveProcedureId, liveProcedure } from '../../shared/procedures/live-registry.ts';
import { Register } from '../procedures/account/register/register.tsx';

/** Procedures of people who aren't signed in, because they have no ID or no password. */
export default function Guest({ id, onEnd }: { id: LiveProcedureId; onEnd: () => void }) {
  const { task } = liveProcedure(id);
  return task.kind === 'register' ? <Register onEnd={onEnd} /> : null;
}
