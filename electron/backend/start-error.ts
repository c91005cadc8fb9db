import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { SalvageError } from './database/salvage/salvage-database.ts';
import type { TerminalKeyError } from './outbox/terminal-key.ts';
import type { SettingsError } from './settings/settings.ts';

/** Why a terminal can't start. */
export type StartError =
  | SalvageError
  | TerminalKeyError
  | SettingsError
  | { readonly code: 'terms-invalid' | 'policy-invalid'; readonly file: string };

/** One line for the operator, in English. */
export function describeStartError(error: StartError, dataDir: string): string {
  switch (error.code) {
    case 'database-in-use':
      return `another process works on ${dataDir}`;
    case 'database-newer':
      return `the database in ${dataDir} is of a newer program (version ${error.version}, this one knows ${error.supported})`;
    case 'database-corrupt':
      return `the database in ${dataDir} is damaged; nothing was changed`;
    case 'no-room-to-salvage':
      return `the database in ${dataDir} is damaged, and what can be read of it needs as much room again on a disk that is full or broken; move away what is in its folders rescue and damaged, or take the queue off with the command rescue`;
    case 'database-not-durable':
      return `the disk of ${dataDir} does not promise durable writes`;
    case 'data-not-writable':
      return `${dataDir} cannot be written`;
    case 'disk-full':
      return `the disk of ${dataDir} is full or broken`;
    case 'terminal-key-missing':
      return `the terminal's key is missing in ${dataDir}, and applications wait that need it`;
    case 'terminal-key-invalid':
      return `the terminal's key in ${dataDir} is damaged`;
    case 'terminal-key-locked':
      return `the terminal's key in ${dataDir} is sealed with a keyring that this system does not offer now`;
    case 'settings-invalid':
      return `setting ${error.path || '(file)'} is missing or wrong`;
    case 'terms-invalid':
    case 'policy-invalid':
      return `${error.file} is missing or wrong`;
    default:
      return cantHappen(error);
  }
}
