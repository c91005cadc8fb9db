import { mkdtempSync, readFileSync, rmdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Where a release holds the operator's public key for updates. Without it a terminal takes none by itself. */
const PUBLIC_KEY = 'updates/public-key.pem';

/** null: this release was built without updates. */
export function readUpdateKey(resourcesDir: string): string | null {
  try {
    return readFileSync(join(resourcesDir, PUBLIC_KEY), 'utf8');
  } catch {
    return null;
  }
}

/**
 * Whether the account that the terminal runs under can replace the program. Where it can't (a Debian package, an
 * installation for the whole machine) updating belongs to whoever manages the machine; asking for an administrator's
 * password would stand on the kiosk's screen.
 */
export function canReplaceProgram(input: { env: NodeJS.ProcessEnv; program: string }): boolean {
  const folder = dirname(input.env['APPIMAGE'] ?? input.program);
  try {
    rmdirSync(mkdtempSync(join(folder, '.madoguchi-update-')));
    return true;
  } catch {
    return false;
  }
}
