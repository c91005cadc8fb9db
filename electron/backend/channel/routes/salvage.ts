import { implement } from '@orpc/server';
import { contract } from '../../../../shared/contract/contract.ts';
import type { Salvaged } from '../../outbox/salvaged.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';
import type { EventHub } from './terminal.ts';
import { atWorkOnly } from './at-work-only.ts';

export function salvageRoutes(parts: { salvaged: Salvaged; staff: StaffDesk; events: EventHub }) {
  const { salvaged, staff, events } = parts;
  const os = implement(contract.salvage);
  return os.router({
    report: os.report.handler(({ input, errors }) => {
      atWorkOnly(staff, input.staffSessionId, errors);
      return salvaged.report();
    }),
    confirm: os.confirm.handler(({ input, errors }) => {
      const { number } = atWorkOnly(staff, input.staffSessionId, errors);
      salvaged.confirm(number);
      events.publish('event', { type: 'queue-changed' });
    }),
  });
}
