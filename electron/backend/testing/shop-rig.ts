import { noIdReader } from '../devices/id-reader/id-reader.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ContractRouterClient } from '@orpc/contract';
import { z } from 'zod';
import { type Backend, buildBackend } from '../build-backend.ts';
import { createLogger } from '../log/logger.ts';
import { keyInFile } from '../outbox/terminal-key-file.ts';
import { systemTimers, type Timers } from '../ports.ts';
import { noProbe } from '../step-probe.ts';
import { settingsSchema } from '../settings/settings.ts';
import { FakeCentral } from './fake-central.ts';
import { serveCustomer } from './fake-customer.ts';
import type { TerminalMode } from '../../../shared/contract/events.ts';
import type { contract } from '../../../shared/contract/contract.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import type { Quote } from '../../../shared/domain/quote.ts';
import { optionsOf } from '../../../shared/procedures/asked.ts';
import { timesAt } from '../../../shared/procedures/procedure.ts';
import { loadProcedure } from '../../../shared/procedures/registry.ts';
import { drawHere } from './draw-here.ts';

/** A terminal's whole backend against a scripted central, without a page. */
export interface ShopRig {
  readonly central: FakeCentral;
  readonly backend: Backend;
  readonly dataDir: string;
  readonly logs: string[];
  close(): Promise<void>;
}

export const RESOURCES_DIR = join(import.meta.dirname, '../../../resources');

/** @param prepare changes the central before the terminal starts */
export async function startShop(prepare: (central: FakeCentral) => void = () => undefined): Promise<ShopRig> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shop-'));
  const central = new FakeCentral();
  serveCustomer(central);
  prepare(central);
  await central.start();
  const { backend, logs } = startTerminal({ central: central.url.href, dataDir });
  return {
    central,
    backend,
    dataDir,
    logs,
    close: async () => {
      await backend.close();
      await central.stop();
      rmSync(dataDir, { recursive: true });
    },
  };
}

/** Another start on the same data is what a restart of the program is. */
export function startTerminal(input: {
  central: string;
  dataDir: string;
  mode?: TerminalMode;
  timers?: Timers;
  /** In place of central's. */
  businessNow?: BusinessClock;
}): {
  backend: Backend;
  logs: string[];
} {
  const { central, dataDir, mode, timers = systemTimers, businessNow } = input;
  const logs: string[] = [];
  const backend = buildBackend({
    settings: settingsSchema.parse({ central, printer: 'tcp://127.0.0.1:9', mode }),
    dataDir,
    resourcesDir: RESOURCES_DIR,
    businessClock: (corrected) => businessNow ?? corrected,
    keyStore: keyInFile(dataDir),
    draw: drawHere,
    idReader: noIdReader,
    log: createLogger((line) => logs.push(line)),
    ports: {
      system: Date.now,
      monotonic: () => performance.now(),
      timers,
      random: () => 0.05,
      probe: noProbe,
    },
  });
  if (!backend.ok) throw new Error(backend.error.code);
  return { backend: backend.value, logs };
}

/** A course change that this customer can make, with the quote that a page would show. */
export async function planOf(
  client: ContractRouterClient<typeof contract>,
  sessionId: string,
  now: number = Date.now(),
): Promise<{ quote: Quote; answers: Record<string, string> }> {
  const { catalog } = await client.catalog.get();
  const { facts } = await client.session.view({ sessionId });
  const procedure = await loadProcedure('internet.change-course');
  const context = { catalog, facts, ...timesAt(now) };
  const option = optionsOf(procedure.steps, 'course', context, {}).find((one) => one.disabled === null);
  const answers = { course: z.string().parse(option?.value), modem: 'unchanged', provision: 'unchanged' };
  const quote = procedure.quote(context, answers);
  if (!quote.ok) throw new Error(JSON.stringify(quote.error));
  return { quote: quote.value, answers };
}
