import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { terminalEventSchema, terminalStatusSchema } from './events.ts';
import { sessionIdSchema } from './session.ts';
import { staffSessionIdSchema } from './staff.ts';

export const terminalContract = {
  status: oc.output(terminalStatusSchema),
  /** Ends only with the connection. The first events are the present status and calls. */
  events: oc.output(eventIterator(terminalEventSchema)),
  /** Proof of life, every few seconds while a page is open. */
  heartbeat: oc
    .input(z.strictObject({ sessionId: sessionIdSchema.nullable(), staffSessionId: staffSessionIdSchema.nullable() }))
    .output(z.strictObject({ sessionAlive: z.boolean(), staffAlive: z.boolean() })),
};
