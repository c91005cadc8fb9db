import { z } from 'zod';
import { configurationSchema } from '../../shared/central-api/terminal-v1.ts';

export const terminalRecordSchema = configurationSchema
  .pick({ terminalCode: true, shopName: true, shopPhone: true })
  .extend({ shop: z.string().min(1) });

/** A terminal that central knows. Until enrolment exists there are those of the demo only. */
export type TerminalRecord = z.infer<typeof terminalRecordSchema>;
