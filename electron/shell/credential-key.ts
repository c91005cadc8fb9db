import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { readIfThere } from '../backend/database/small-file.ts';
import { givenKey, KEY_BYTES, type TerminalKeyError, type TerminalKeyStore } from '../backend/outbox/terminal-key.ts';
import { SEALED_KEY_FILE, takeAwayKeyFile, TERMINAL_KEY_FILE } from '../backend/outbox/terminal-key-file.ts';

/** As the unit of a Linux kiosk names it (`LoadCredentialEncrypted=`). */
const CREDENTIAL = 'terminal-key';

/**
 * The terminal's key where systemd keeps it and hands it over at each start: a kiosk without a desktop has no keyring.
 * @returns null where it hands over none
 */
export function keyFromSystemd(input: {
  env: NodeJS.ProcessEnv;
  dataDir: string;
}): Result<TerminalKeyStore, TerminalKeyError> | null {
  const folder = input.env['CREDENTIALS_DIRECTORY'];
  const secret = folder ? readIfThere(join(folder, CREDENTIAL)) : null;
  if (secret === null) return null;
  if (secret.length !== KEY_BYTES) return err({ code: 'terminal-key-invalid' });
  const plain = readIfThere(join(input.dataDir, TERMINAL_KEY_FILE));
  const isOther = plain !== null && !plain.equals(secret);
  // Applications may wait under the other key: only a person can say which one goes.
  if (isOther || existsSync(join(input.dataDir, SEALED_KEY_FILE))) return err({ code: 'terminal-key-invalid' });
  takeAwayKeyFile(input.dataDir);
  return ok(givenKey(secret));
}
