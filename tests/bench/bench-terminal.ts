import { noIdReader } from '../../electron/backend/devices/id-reader/id-reader.ts';
import { join } from 'node:path';
import { type Backend, buildBackend } from '../../electron/backend/build-backend.ts';
import { drawInThread } from '../../electron/backend/drawing/draw-in-thread.ts';
import { createLogger } from '../../electron/backend/log/logger.ts';
import { keyInFile } from '../../electron/backend/outbox/terminal-key-file.ts';
import { systemTimers } from '../../electron/backend/ports.ts';
import { settingsSchema } from '../../electron/backend/settings/settings.ts';
import { noProbe } from '../../electron/backend/step-probe.ts';
import { type HostServer, startHostServer } from '../../electron/browser-host/host-server.ts';

/** A terminal's backend in this process, so that its memory can be read, with the built page on a port. */
export async function startBenchTerminal(input: {
  root: string;
  central: URL;
  dataDir: string;
}): Promise<{ backend: Backend; host: HostServer }> {
  const { root, central, dataDir } = input;
  const log = createLogger(() => undefined);
  const backend = buildBackend({
    // Nothing listens there: a terminal without its printer.
    settings: settingsSchema.parse({ central: central.href, printer: 'tcp://127.0.0.1:9' }),
    dataDir,
    resourcesDir: join(root, 'resources'),
    businessClock: (corrected) => corrected,
    keyStore: keyInFile(dataDir),
    draw: drawInThread(join(root, 'out/node/drawing-thread.js'), log, systemTimers),
    idReader: noIdReader,
    log,
    ports: {
      system: Date.now,
      monotonic: () => performance.now(),
      timers: systemTimers,
      random: Math.random,
      probe: noProbe,
    },
  });
  if (!backend.ok) throw new Error(backend.error.code);
  await backend.value.whenSettled();
  const host = await startHostServer({
    port: 0,
    rendererDir: join(root, 'out/renderer'),
    serve: backend.value.serve,
  });
  if (!host.ok) throw new Error(host.error.code);
  return { backend: backend.value, host: host.value };
}
