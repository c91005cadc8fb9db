import type { CentralTest, ClockTest, Devices, DiskTest } from '../../../shared/contract/devices.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { BusinessClock } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { testSlip } from '../../../shared/slips/test-slip.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { ConfigurationHolder } from '../central/configuration.ts';
import type { Connectivity } from '../central/connectivity.ts';
import type { CorrectedClock } from '../central/corrected-clock.ts';
import type { Transport } from '../central/transport.ts';
import type { Identity } from '../enrolment/identity.ts';
import type { MonotonicClock, SystemClock } from '../ports.ts';
import type { PrinterAddress } from '../printing/printer-address.ts';
import type { SlipPrinter } from '../printing/slip-printer.ts';
import { isLoopback } from '../../../shared/central-api/central-address.ts';
import { shopTexts } from '../shop-texts.ts';
import { VERSION } from '../version.ts';
import { testCentral } from './check-central.ts';
import { testClock } from './check-clock.ts';
import { lookAtDisk, testDisk } from './check-disk.ts';

/** What belongs to the terminal, and a test for each of it that tries the real thing. */
export interface DeviceDesk {
  look(): Promise<Devices>;
  testPrinter(): Promise<PrintOutcome>;
  testCentral(): Promise<CentralTest>;
  testDisk(): Promise<DiskTest>;
  testClock(): Promise<ClockTest>;
}

export function createDeviceDesk(parts: {
  central: URL;
  ca: string | null;
  dataDir: string;
  printerAddress: PrinterAddress;
  printer: SlipPrinter;
  transport: Transport;
  client: CentralClient;
  connectivity: Connectivity;
  identity: Identity;
  configuration: ConfigurationHolder;
  clock: CorrectedClock;
  businessNow: BusinessClock;
  system: SystemClock;
  monotonic: MonotonicClock;
}): DeviceDesk {
  const { central, dataDir, identity, configuration, clock, system, monotonic } = parts;
  const code = (): string => identity.current()?.terminalCode ?? '';
  const shopName = (): string | null => configuration.current()?.configuration.shopName ?? null;
  return {
    look: async () => ({
      terminal: { code: code(), shopName: shopName(), version: VERSION },
      printer: whereIs(parts.printerAddress),
      central: { address: central.host, isSecure: central.protocol === 'https:', isLoopback: isLoopback(central) },
      disk: await lookAtDisk(dataDir),
      clock: { aheadSeconds: Math.round((system() - clock.now()) / 1000) },
    }),
    testPrinter: () =>
      parts.printer.print(
        testSlip({
          terminal: { code: code(), shopName: shopName(), version: VERSION },
          printedAt: parts.businessNow(),
          t: shopTexts(),
        }),
        'ja',
      ),
    testCentral: async () => {
      const found = await testCentral(parts);
      // What the test saw is news to the rest of the terminal too.
      if ((found.broken === null) !== (parts.connectivity.state() === 'reachable')) void parts.connectivity.suspect();
      return found;
    },
    testDisk: () => testDisk(dataDir, monotonic),
    testClock: () => testClock(parts),
  };
}

function whereIs(address: PrinterAddress): Devices['printer'] {
  switch (address.kind) {
    case 'tcp':
      return { carrier: 'network', address: `${address.host}:${address.port}` };
    case 'device':
      return { carrier: 'device-file', address: address.path };
    default:
      return cantHappen(address);
  }
}
