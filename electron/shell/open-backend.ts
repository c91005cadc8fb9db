import { noIdReader } from '../backend/devices/id-reader/id-reader.ts';
import { ipcMain, safeStorage } from 'electron';
import Store from 'electron-store';
import { join } from 'node:path';
import type { Result } from '../../shared/domain/result.ts';
import { type Backend, buildBackend } from '../backend/build-backend.ts';
import { businessClockFrom } from '../backend/central/corrected-clock.ts';
import { drawInThread } from '../backend/drawing/draw-in-thread.ts';
import type { Logger } from '../backend/log/logger.ts';
import { systemTimers } from '../backend/ports.ts';
import { loadSettings } from '../backend/settings/settings.ts';
import type { SettingsFlags } from '../backend/settings/terminal-flags.ts';
import type { StartError } from '../backend/start-error.ts';
import { noProbe } from '../backend/step-probe.ts';
import { keyFromSystemd } from './credential-key.ts';
import { openKeyStore } from './sealed-key.ts';

const monotonic = (): number => performance.now();

/** The terminal's backend with what Electron gives it: settings and the key's keyring. */
export async function openBackend(input: {
  dataDir: string;
  resourcesDir: string;
  /** Where the built main process lies. */
  programDir: string;
  flags: SettingsFlags;
  clockStartsAt: number | null;
  log: Logger;
}): Promise<Result<Backend, StartError>> {
  const { dataDir, resourcesDir, programDir, flags, clockStartsAt, log } = input;
  const settings = loadSettings({ dataDir, flags, readFile: readSettingsFile });
  if (!settings.ok) return settings;
  const keyStore =
    keyFromSystemd({ env: process.env, dataDir }) ??
    (await openKeyStore({
      dataDir,
      keyring: safeStorage,
      platform: process.platform,
      onNoKeyring: () => log.warn({ code: 'no-keyring' }, "the terminal's key stays in a file of its user"),
    }));
  if (!keyStore.ok) return keyStore;
  return buildBackend({
    settings: settings.value,
    dataDir,
    resourcesDir,
    businessClock: businessClockFrom(clockStartsAt, monotonic),
    keyStore: keyStore.value,
    draw: drawInThread(join(programDir, 'drawing-thread.js'), log, systemTimers),
    idReader: noIdReader,
    log,
    ports: {
      system: Date.now,
      monotonic,
      timers: systemTimers,
      random: Math.random,
      probe: noProbe,
    },
  });
}

function readSettingsFile(cwd: string): unknown {
  try {
    return new Store({ cwd, name: 'settings', clearInvalidConfig: false }).store;
  } finally {
    // electron-store tells any page that asks where the data lies, also where it could not read them.
    ipcMain.removeAllListeners('electron-store-get-data');
  }
}
