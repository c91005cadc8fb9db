import { implement, ORPCError } from '@orpc/server';
import { contract } from '../../../shared/contract/contract.ts';
import { applicationsRoutes } from './routes/applications.ts';
import { callsRoutes } from './routes/calls.ts';
import { capturesRoutes } from './routes/captures.ts';
import { catalogRoutes } from './routes/catalog.ts';
import { closeDayRoutes } from './routes/close-day.ts';
import { draftsRoutes } from './routes/drafts.ts';
import { devicesRoutes } from './routes/devices.ts';
import { identityRoutes } from './routes/identity.ts';
import { queueRoutes } from './routes/queue.ts';
import { phoneRoutes } from './routes/phone.ts';
import { recordRoutes } from './routes/record.ts';
import { oneTimeRoutes } from './routes/one-time.ts';
import { passwordResetRoutes } from './routes/password-reset.ts';
import { registrationRoutes } from './routes/registration.ts';
import { reprintRoutes } from './routes/reprint.ts';
import { salvageRoutes } from './routes/salvage.ts';
import { secretsRoutes } from './routes/secrets.ts';
import { historyRoutes } from './routes/history.ts';
import { sessionRoutes } from './routes/session.ts';
import { staffRoutes } from './routes/staff.ts';
import { terminalRoutes } from './routes/terminal.ts';
import { termsRoutes } from './routes/terms.ts';
import { usageRoutes } from './routes/usage.ts';

type RouterParts = Parameters<typeof applicationsRoutes>[0] &
  Parameters<typeof callsRoutes>[0] &
  Parameters<typeof capturesRoutes>[0] &
  Parameters<typeof catalogRoutes>[0] &
  Parameters<typeof closeDayRoutes>[0] &
  Parameters<typeof draftsRoutes>[0] &
  Parameters<typeof devicesRoutes>[0] &
  Parameters<typeof identityRoutes>[0] &
  Parameters<typeof queueRoutes>[0] &
  Parameters<typeof phoneRoutes>[0] &
  Parameters<typeof recordRoutes>[0] &
  Parameters<typeof oneTimeRoutes>[0] &
  Parameters<typeof passwordResetRoutes>[0] &
  Parameters<typeof registrationRoutes>[0] &
  Parameters<typeof reprintRoutes>[0] &
  Parameters<typeof salvageRoutes>[0] &
  Parameters<typeof secretsRoutes>[0] &
  Parameters<typeof sessionRoutes>[0] &
  Parameters<typeof staffRoutes>[0] &
  Parameters<typeof terminalRoutes>[0] &
  Parameters<typeof termsRoutes>[0];

/** The contract's procedures, each put to the part that does it; one file per namespace. */
export function createRouter(parts: RouterParts & { isEnrolled(): boolean }) {
  const enrolled = implement(contract).use(({ next, path }) => {
    if (!parts.isEnrolled() && path[0] !== 'terminal') throw new ORPCError('NOT_ENROLLED', { defined: true });
    return next();
  });
  return enrolled.router({
    terminal: terminalRoutes(parts),
    session: sessionRoutes(parts),
    history: historyRoutes(parts),
    usage: usageRoutes(parts),
    catalog: catalogRoutes(parts),
    terms: termsRoutes(parts),
    applications: applicationsRoutes(parts),
    phone: phoneRoutes(parts),
    captures: capturesRoutes(parts),
    drafts: draftsRoutes(parts),
    identity: identityRoutes(parts),
    secrets: secretsRoutes(parts),
    record: recordRoutes(parts),
    oneTime: oneTimeRoutes(parts),
    registration: registrationRoutes(parts),
    passwordReset: passwordResetRoutes(parts),
    staff: staffRoutes(parts),
    devices: devicesRoutes(parts),
    queue: queueRoutes(parts),
    salvage: salvageRoutes(parts),
    closeDay: closeDayRoutes(parts),
    calls: callsRoutes(parts),
    reprint: reprintRoutes(parts),
  });
}

export type Router = ReturnType<typeof createRouter>;
