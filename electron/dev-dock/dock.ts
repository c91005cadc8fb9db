import type { Backend } from '../backend/build-backend.ts';
import { createSimulatedIdReader } from '../backend/devices/id-reader/simulated-id-reader.ts';
import { systemTimers } from '../backend/ports.ts';
import { parsePrinterAddress } from '../backend/printing/printer-address.ts';
import type { Dock } from '../browser-host/run-host.ts';
import { type DockServer, startDockServer } from './dock-server.ts';
import { type DockChange, type DockState, dockStateSchema, UNTOUCHED } from './dock-state.ts';
import { type Gate, openGate } from './gate.ts';
import { answerWithoutPaper } from './paper-out.ts';
import { SAMPLE_CARDS } from './sample-cards.ts';

/** About as long as a chip takes. */
const CHIP_READ_MS = 800;
const MINUTE_MS = 60_000;

/** As SQLite says it. */
class DiskFull extends Error {
  readonly code = 'SQLITE_FULL';
}

export function createDock(): Dock {
  let state = UNTOUCHED;
  const gates: { readonly cable: 'network' | 'printer'; readonly gate: Gate }[] = [];
  const idReader = createSimulatedIdReader(() => new Promise((resolve) => systemTimers.after(CHIP_READ_MS, resolve)));
  let server: DockServer | null = null;

  const change = (next: DockChange): DockState => {
    const before = state;
    state = dockStateSchema.parse({ ...state, ...next });
    if (state.idReader !== before.idReader) idReader.plug(state.idReader === 'plugged');
    idReader.lay(SAMPLE_CARDS.get(state.idCard) ?? null);
    for (const { cable, gate } of gates) if (state[cable] !== before[cable]) gate.cut();
    return state;
  };

  return {
    settings: async (settings) => {
      const central = new URL(settings.central);
      const network = await openGate({
        target: { host: central.hostname, port: Number(central.port) },
        may: () => state.network === 'plugged',
      });
      gates.push({ cable: 'network', gate: network });
      const address = parsePrinterAddress(settings.printer);
      if (!address.ok || address.value.kind !== 'tcp') {
        return { ...settings, central: `http://127.0.0.1:${network.port}` };
      }
      const printer = await openGate({
        target: address.value,
        may: () => state.printer === 'plugged',
        instead: (socket) => {
          if (state.paper === 'in') return false;
          answerWithoutPaper(socket);
          return true;
        },
      });
      gates.push({ cable: 'printer', gate: printer });
      return {
        ...settings,
        central: `http://127.0.0.1:${network.port}`,
        printer: `tcp://127.0.0.1:${printer.port}`,
      };
    },
    probe: {
      reached: (label) => {
        if (label === 'enqueue.inserted' && state.disk === 'full') throw new DiskFull();
      },
    },
    idReader,
    businessClock: (source) => (corrected) => {
      const clock = source(corrected);
      return () => clock() + state.clockMinutes * MINUTE_MS;
    },
    started: async (backend: Backend) => {
      server = await startDockServer({ state: () => state, change, endSession: () => backend.sessions.endAll() });
      process.stderr.write(`The development dock is at ${server.url}\n`);
    },
    close: async () => {
      await server?.close();
      for (const { gate } of gates) await gate.close();
    },
  };
}
