import type { SchemaModule } from 'kysely';
import { foundation } from './migrations/001-foundation.ts';
import { operatorRecords } from './migrations/002-operator-records.ts';
import { staff } from './migrations/003-staff.ts';
import { mails } from './migrations/004-mails.ts';
import { terminals } from './migrations/005-terminals.ts';
import { staffDesk } from './migrations/006-staff-desk.ts';
import { fleet } from './migrations/007-fleet.ts';
import { staffCalls } from './migrations/008-staff-calls.ts';
import { catalogRecords } from './migrations/009-catalog-records.ts';
import { accounts } from './migrations/010-accounts.ts';
import { orderCancellations } from './migrations/011-order-cancellations.ts';
import { buildings } from './migrations/012-buildings.ts';
import { passwordChanges } from './migrations/013-password-changes.ts';
import { usageReports } from './migrations/014-usage-reports.ts';
import { codes } from './migrations/015-codes.ts';
import { customerRecords } from './migrations/016-customer-records.ts';
import { orderOutcomes } from './migrations/017-order-outcomes.ts';
import { registrations } from './migrations/018-registrations.ts';
import { captures } from './migrations/019-captures.ts';
import { signInMisses } from './migrations/020-sign-in-misses.ts';
import { recordChanges } from './migrations/021-record-changes.ts';
import { recordChangeTimes } from './migrations/022-record-change-times.ts';
import { oneTimePasswords } from './migrations/023-one-time-passwords.ts';
import { stock } from './migrations/024-stock.ts';
import { identityVersions } from './migrations/025-identity-versions.ts';
import { contactWishes } from './migrations/026-contact-wishes.ts';
import { drafts } from './migrations/027-drafts.ts';
import { registeredVersions } from './migrations/028-registered-versions.ts';
import { passwordResets } from './migrations/029-password-resets.ts';
import { orderIdentities } from './migrations/030-order-identities.ts';
import { mailAddresses } from './migrations/031-mail-addresses.ts';
import { heartbeatSalvage } from './migrations/032-heartbeat-salvage.ts';
import { secretQuestions } from './migrations/033-secret-questions.ts';
import { phonePictures } from './migrations/034-phone-pictures.ts';
import { phoneHeard } from './migrations/035-phone-heard.ts';
import { sealedCaptures } from './migrations/036-sealed-captures.ts';
import type { DatabaseTransaction } from './schema.ts';

export interface Migration {
  readonly version: number;
  up(schema: SchemaModule, db: DatabaseTransaction): Promise<void>;
}

/** Numbered and additive, each in a file of its own: a released one never changes. */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, up: foundation },
  { version: 2, up: operatorRecords },
  { version: 3, up: staff },
  { version: 4, up: mails },
  { version: 5, up: terminals },
  { version: 6, up: staffDesk },
  { version: 7, up: fleet },
  { version: 8, up: staffCalls },
  { version: 9, up: catalogRecords },
  { version: 10, up: accounts },
  { version: 11, up: orderCancellations },
  { version: 12, up: buildings },
  { version: 13, up: passwordChanges },
  { version: 14, up: usageReports },
  { version: 15, up: codes },
  { version: 16, up: customerRecords },
  { version: 17, up: orderOutcomes },
  { version: 18, up: registrations },
  { version: 19, up: captures },
  { version: 20, up: signInMisses },
  { version: 21, up: recordChanges },
  { version: 22, up: recordChangeTimes },
  { version: 23, up: oneTimePasswords },
  { version: 24, up: stock },
  { version: 25, up: identityVersions },
  { version: 26, up: contactWishes },
  { version: 27, up: drafts },
  { version: 28, up: registeredVersions },
  { version: 29, up: passwordResets },
  { version: 30, up: orderIdentities },
  { version: 31, up: mailAddresses },
  { version: 32, up: heartbeatSalvage },
  { version: 33, up: secretQuestions },
  { version: 34, up: phonePictures },
  { version: 35, up: phoneHeard },
  { version: 36, up: sealedCaptures },
];
