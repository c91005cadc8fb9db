import type { EventPublisher } from '@orpc/server';
import { implement } from '@orpc/server';
import type { Calls } from '../../../../shared/contract/calls-state.ts';
import type { TerminalEvent, TerminalStatus } from '../../../../shared/contract/events.ts';
import { terminalContract } from '../../../../shared/contract/terminal.ts';
import type { Sessions } from '../../sessions/sessions.ts';
import type { StaffDesk } from '../../staff/staff-desk.ts';

export type EventHub = EventPublisher<{ event: TerminalEvent }>;

export function terminalRoutes(parts: {
  sessions: Sessions;
  staff: StaffDesk;
  events: EventHub;
  status(): TerminalStatus;
  calls(): Calls;
}) {
  const { sessions, staff, events, status, calls } = parts;
  const os = implement(terminalContract);
  return os.router({
    status: os.status.handler(() => status()),
    events: os.events.handler(async function* ({ signal }) {
      const stream = events.subscribe('event', signal === undefined ? {} : { signal });
      yield { type: 'status' as const, status: status() };
      yield { type: 'calls' as const, calls: calls() };
      yield* stream;
    }),
    heartbeat: os.heartbeat.handler(({ input }) => ({
      sessionAlive: input.sessionId !== null && sessions.alive(input.sessionId),
      staffAlive: input.staffSessionId !== null && staff.alive(input.staffSessionId),
    })),
  });
}
