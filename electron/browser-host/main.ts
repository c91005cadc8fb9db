import Conf from 'conf';
import { join } from 'node:path';
import { buildBackend } from '../backend/build-backend.ts';
import { createLogger } from '../backend/log/logger.ts';
import { systemTimers } from '../backend/ports.ts';
import { keyInFile } from '../backend/outbox/terminal-key-file.ts';
import { loadSettings } from '../backend/settings/settings.ts';
import { describeStartError } from '../backend/start-error.ts';
import { noProbe } from '../backend/step-probe.ts';
import { startHostServer } from './host-server.ts';
import { openWindow } from './open-window.ts';
import { parseHostOptions } from './options.ts';

/** Folders beside the built program. */
const RENDERER_DIR = join(import.meta.dirname, '../renderer');
const RESOURCES_DIR = join(import.meta.dirname, '../../resources');

function refuse(message: string): never {
  process.stderr.write(`terminal: ${message}\n`);
  process.exit(2);
}

async function main(): Promise<void> {
  const options = parseHostOptions(process.argv.slice(2));
  if (!options.ok) return refuse(options.error);
  const { port, dataDir, flags, clockStartsAt } = options.value;
  const settings = loadSettings({
    dataDir,
    flags,
    readFile: (cwd) => new Conf({ cwd, configName: 'settings', clearInvalidConfig: false }).store,
  });
  if (!settings.ok) return refuse(describeStartError(settings.error, dataDir));
  const log = createLogger((line) => process.stderr.write(line));
  const backend = buildBackend({
    settings: settings.value,
    dataDir,
    resourcesDir: RESOURCES_DIR,
    clockStartsAt,
    keyStore: keyInFile(dataDir),
    log,
    ports: {
      system: Date.now,
      monotonic: () => performance.now(),
      timers: systemTimers,
      random: Math.random,
      probe: noProbe,
    },
  });
  if (!backend.ok) return refuse(describeStartError(backend.error, dataDir));
  const host = await startHostServer({ port, rendererDir: RENDERER_DIR, serve: backend.value.serve });
  if (!host.ok) {
    await backend.value.close();
    return refuse(`port ${port} is taken`);
  }
  const browser = options.value.window ? openWindow({ url: host.value.url, dataDir, env: process.env }) : null;
  browser?.on('error', () => log.error({ code: 'window-failed' }, 'Chromium did not start'));

  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    browser?.kill();
    void host.value
      .close()
      .then(() => backend.value.close())
      .then(() => process.exit(0));
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
  process.stdout.write(`${JSON.stringify({ ready: host.value.url })}\n`);
}

void main();
