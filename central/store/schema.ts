import type { Kysely, Transaction } from 'kysely';
import type { AccountTables } from './tables/accounts.ts';
import type { AuditTables } from './tables/audit.ts';
import type { CaptureTables } from './tables/captures.ts';
import type { CatalogRecordTables } from './tables/catalog-records.ts';
import type { CodeTables } from './tables/codes.ts';
import type { DraftTables } from './tables/drafts.ts';
import type { BuildingTables } from './tables/buildings.ts';
import type { FoundationTables } from './tables/foundation.ts';
import type { FleetTables } from './tables/fleet.ts';
import type { MailTables } from './tables/mails.ts';
import type { OneTimePasswordTables } from './tables/one-time-passwords.ts';
import type { OperatorRecordTables } from './tables/operator-records.ts';
import type { OrderCancellationTables } from './tables/order-cancellations.ts';
import type { PhonePictureTables } from './tables/phone-pictures.ts';
import type { RecordChangeTables } from './tables/record-changes.ts';
import type { PasswordResetTables } from './tables/password-resets.ts';
import type { RegistrationTables } from './tables/registrations.ts';
import type { StockTables } from './tables/stock.ts';
import type { StaffCallTables } from './tables/staff-calls.ts';
import type { StaffDeskTables } from './tables/staff-desk.ts';
import type { StaffTables } from './tables/staff.ts';
import type { TerminalTables } from './tables/terminals.ts';
import type { UsageReportTables } from './tables/usage-reports.ts';

/** Each area's tables are a file under tables/. */
export type Tables = FoundationTables &
  OperatorRecordTables &
  StaffTables &
  MailTables &
  TerminalTables &
  StaffDeskTables &
  AuditTables &
  FleetTables &
  StaffCallTables &
  CaptureTables &
  DraftTables &
  CatalogRecordTables &
  AccountTables &
  OrderCancellationTables &
  BuildingTables &
  UsageReportTables &
  CodeTables &
  PasswordResetTables &
  RegistrationTables &
  OneTimePasswordTables &
  PhonePictureTables &
  RecordChangeTables &
  StockTables;

export type Database = Kysely<Tables>;
export type DatabaseTransaction = Transaction<Tables>;
