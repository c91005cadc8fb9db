import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Dismissal } from '../central/terminal-token.ts';
import type { Logger } from '../log/logger.ts';
import type { DraftRows } from '../drafts/draft-rows.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Sessions } from '../sessions/sessions.ts';
import type { KnownStaff } from '../staff/known-staff.ts';
import type { StaffDesk } from '../staff/staff-desk.ts';
import type { Enroller } from './enrolment.ts';
import type { ClientIdentity, Identity } from './identity.ts';

/**
 * What a terminal does when central says that it is out of service. Nothing of customers or staff stays readable here;
 * no application is lost: those that still wait are sealed to the operator's key as well.
 */
export function leaveService(parts: {
  identity: Identity;
  staff: StaffDesk;
  knownStaff: KnownStaff;
  sessions: Sessions;
  outbox: Outbox;
  drafts: Pick<DraftRows, 'ids' | 'erase'>;
  configuration: ConfigurationHolder;
  enroller: Enroller;
  log: Logger;
}): (dismissed: ClientIdentity, dismissal: Dismissal) => void {
  const { identity, staff, knownStaff, sessions, outbox, drafts, configuration, enroller, log } = parts;
  return (dismissed, dismissal) => {
    // An answer that comes late is about who the terminal was before.
    if (identity.current() !== dismissed) return;
    log.warn({ code: `terminal-${dismissal}`, terminal: dismissed.terminalCode }, 'out of service');
    staff.endAll();
    knownStaff.forgetAll();
    sessions.endAll();
    if (dismissal === 'revoked') {
      outbox.strand();
      // Nothing was promised with them but to be able to go on.
      drafts.erase(drafts.ids().map(({ id }) => id));
      identity.revoke();
    } else {
      identity.drop();
    }
    configuration.forget();
    enroller.start(dismissal);
  };
}
