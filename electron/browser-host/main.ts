import { join } from 'node:path';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { buildBackend, type StartError } from '../backend/build-backend.ts';
import { createLogger } from '../backend/log/logger.ts';
import { systemTimers } from '../backend/ports.ts';
import { loadSettings } from '../backend/settings/settings.ts';
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
  const settings = loadSettings({ dataDir, flags });
  if (!settings.ok) return refuse(describe(settings.error, dataDir));
  const log = createLogger((line) => process.stderr.write(line));
  const backend = buildBackend({
    settings: settings.value,
    dataDir,
    resourcesDir: RESOURCES_DIR,
    clockStartsAt,
    log,
    ports: {
      system: Date.now,
      monotonic: () => performance.now(),
      timers: systemTimers,
      random: Math.random,
      probe: noProbe,
    },
  });
  if (!backend.ok) return refuse(describe(backend.error, dataDir));
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

function describe(error: StartError, dataDir: string): string {
  switch (error.code) {
    case 'database-in-use':
      return `another process works on ${dataDir}`;
    case 'database-newer':
      return `the database in ${dataDir} is of a newer program (version ${error.version}, this one knows ${error.supported})`;
    case 'database-corrupt':
      return `the database in ${dataDir} is damaged; nothing was changed`;
    case 'database-not-durable':
      return `the disk of ${dataDir} does not promise durable writes`;
    case 'data-not-writable':
      return `${dataDir} cannot be written`;
    case 'disk-full':
      return `the disk of ${dataDir} is full`;
    case 'terminal-key-missing':
      return `terminal.key is missing in ${dataDir}, and applications wait that need it`;
    case 'terminal-key-invalid':
      return `terminal.key in ${dataDir} is damaged`;
    case 'settings-invalid':
      return `setting ${error.path || '(file)'} is missing or wrong`;
    case 'terms-invalid':
      return `${error.file} is missing or wrong`;
    default:
      return cantHappen(error);
  }
}

void main();
