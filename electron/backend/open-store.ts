import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { SqliteDatabase } from './database/open-database.ts';
import { openOrSalvage } from './database/salvage/salvage-database.ts';
import { hasSealedApplications } from './outbox/outbox.ts';
import { ownHalf } from './outbox/own-half.ts';
import { loadTerminalKey, type RenewableTerminalKey, type TerminalKeyStore } from './outbox/terminal-key.ts';
import type { SystemClock } from './ports.ts';
import { parsePrinterAddress, type PrinterAddress } from './printing/printer-address.ts';
import { readCa, type Settings } from './settings/settings.ts';
import type { StartError } from './start-error.ts';
import type { StepProbe } from './step-probe.ts';
import { loadPolicy } from './identity/load-policy.ts';
import type { IdentityPolicy } from '../../shared/domain/identity-policy.ts';
import { loadTerms, type TermsLibrary } from './terms/terms-library.ts';

/** What lies on the terminal's disk, found to be usable. */
export interface OpenStore {
  readonly terms: TermsLibrary;
  readonly policy: IdentityPolicy;
  /** The operator's own certificate authority. */
  readonly ca: string | null;
  readonly printerAddress: PrinterAddress;
  readonly db: SqliteDatabase;
  readonly terminalKey: RenewableTerminalKey;
}

export function openStore(input: {
  settings: Settings;
  dataDir: string;
  resourcesDir: string;
  keyStore: TerminalKeyStore;
  ports: { readonly probe: StepProbe; readonly system: SystemClock };
}): Result<OpenStore, StartError> {
  const { settings, dataDir } = input;
  const { probe, system } = input.ports;
  const terms = loadTerms(input.resourcesDir);
  if (!terms.ok) return terms;
  const policy = loadPolicy(input.resourcesDir);
  if (!policy.ok) return policy;
  const ca = readCa(settings, dataDir);
  if (!ca.ok) return ca;
  const address = parsePrinterAddress(settings.printer);
  if (!address.ok) return err({ code: 'settings-invalid', path: 'printer' });
  const database = openOrSalvage({ dataDir, probe, now: system });
  if (!database.ok) return database;
  const db = database.value;
  const terminalKey = loadTerminalKey({
    store: input.keyStore,
    half: ownHalf(dataDir),
    mayCreate: !hasSealedApplications(db),
  });
  if (!terminalKey.ok) {
    db.close();
    return terminalKey;
  }
  return ok({
    terms: terms.value,
    policy: policy.value,
    ca: ca.value,
    printerAddress: address.value,
    db,
    terminalKey: terminalKey.value,
  });
}
