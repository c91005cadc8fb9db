import { oc } from '@orpc/contract';
import { applicationsContract } from './applications.ts';
import { callsContract } from './calls.ts';
import { capturesContract } from './captures.ts';
import { catalogContract } from './catalog.ts';
import { closeDayContract } from './close-day.ts';
import { devicesContract } from './devices.ts';
import { draftsContract } from './drafts.ts';
import { historyContract } from './history.ts';
import { identityContract } from './identity.ts';
import { oneTimeContract } from './one-time.ts';
import { passwordResetContract } from './password-reset.ts';
import { phoneContract } from './phone.ts';
import { queueContract } from './queue.ts';
import { recordContract } from './record.ts';
import { registrationContract } from './registration.ts';
import { reprintContract } from './reprint.ts';
import { salvageContract } from './salvage.ts';
import { secretsContract } from './secrets.ts';
import { sessionContract } from './session.ts';
import { staffContract } from './staff.ts';
import { terminalContract } from './terminal.ts';
import { termsContract } from './terms.ts';
import { usageContract } from './usage.ts';

/**
 * What the renderer and the terminal's backend say to each other, over every carrier; one file per namespace. Expected
 * failures are typed error codes; anything else reaches the page as INTERNAL with a correlation id and nothing of its
 * text.
 */
export const contract = {
  terminal: terminalContract,
  /** A terminal that belongs to no shop, or no longer does, says how it gets there (terminal.status) and nothing else. */
  ...oc.errors({ NOT_ENROLLED: {} }).router({
    session: sessionContract,
    history: historyContract,
    usage: usageContract,
    catalog: catalogContract,
    terms: termsContract,
    applications: applicationsContract,
    captures: capturesContract,
    phone: phoneContract,
    drafts: draftsContract,
    identity: identityContract,
    secrets: secretsContract,
    oneTime: oneTimeContract,
    record: recordContract,
    registration: registrationContract,
    passwordReset: passwordResetContract,
    staff: staffContract,
    devices: devicesContract,
    queue: queueContract,
    salvage: salvageContract,
    closeDay: closeDayContract,
    calls: callsContract,
    reprint: reprintContract,
  }),
};
