import type { PrinterStatus, TerminalStatus } from '../../shared/contract/events.ts';
import type { BusinessClock } from '../../shared/domain/business-time.ts';
import type { ConfigurationHolder } from './central/configuration.ts';
import type { Connectivity } from './central/connectivity.ts';
import type { IdReader } from './devices/id-reader/id-reader.ts';
import type { EventHub } from './channel/routes/terminal.ts';
import type { Enroller } from './enrolment/enrolment.ts';
import type { Identity } from './enrolment/identity.ts';
import type { Outbox } from './outbox/outbox.ts';
import type { Timers } from './ports.ts';
import type { SlipPrinter } from './printing/slip-printer.ts';
import type { Settings } from './settings/settings.ts';

export interface StatusReporter {
  current(): TerminalStatus;
  stop(): void;
}

const PRINTER_EVERY_MS = 10_000;

/** Pushes the terminal's status to every page whenever something of it changes. */
export function reportStatus(parts: {
  settings: Settings;
  identity: Identity;
  enroller: Enroller;
  configuration: ConfigurationHolder;
  connectivity: Connectivity;
  outbox: Outbox;
  printer: SlipPrinter;
  idReader: IdReader;
  businessNow: BusinessClock;
  timers: Timers;
  events: EventHub;
}): StatusReporter {
  const { settings, identity, enroller, configuration, connectivity, outbox, printer, idReader } = parts;
  const { businessNow, timers, events } = parts;
  let printerStatus: PrinterStatus = 'unknown';
  let planned = false;
  let stopped = false;
  let cancelPrinter = (): void => undefined;

  const current = (): TerminalStatus => ({
    terminalCode: identity.current()?.terminalCode ?? null,
    enrolment: enroller.current(),
    mode: settings.mode,
    demo: idReader.isSimulated || (configuration.current()?.configuration.demo ?? enroller.demo()),
    central: connectivity.state(),
    waiting: outbox.waitingCount(),
    printer: printerStatus,
    hasIdReader: idReader.isPluggedIn(),
    now: businessNow(),
    idle: settings.idle,
    pixelsPerMm: settings.pixelsPerMm,
  });

  /** Many changes of one turn make one event. */
  function push(): void {
    if (planned) return;
    planned = true;
    setImmediate(() => {
      planned = false;
      if (!stopped) events.publish('event', { type: 'status', status: current() });
    });
  }

  async function askPrinter(): Promise<void> {
    const found = await printer.status();
    if (stopped) return;
    if (found !== printerStatus) {
      printerStatus = found;
      push();
    }
    cancelPrinter = timers.after(PRINTER_EVERY_MS, () => void askPrinter());
  }

  const unsubscribe = [connectivity, outbox, enroller, idReader].map((part) => part.onChange(push));
  void askPrinter();
  return {
    current,
    stop: () => {
      stopped = true;
      cancelPrinter();
      for (const stop of unsubscribe) stop();
    },
  };
}
