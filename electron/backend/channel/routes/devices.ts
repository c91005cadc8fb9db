import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { DeviceDesk } from '../../devices/device-desk.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';
import { atWorkOnly } from './at-work-only.ts';

export function devicesRoutes({ devices, staff }: { devices: DeviceDesk; staff: StaffDesk }) {
  const os = implement(contract.devices);
  return os.router({
    look: os.look.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return devices.look();
    }),
    testPrinter: os.testPrinter.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return devices.testPrinter();
    }),
    testCentral: os.testCentral.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return devices.testCentral();
    }),
    testDisk: os.testDisk.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return devices.testDisk();
    }),
    testClock: os.testClock.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return devices.testClock();
    }),
  });
}
