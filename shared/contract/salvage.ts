import { oc } from '@orpc/contract';
import { z } from 'zod';
import { staffSessionIdSchema } from './staff.ts';

/** The terminal's database was damaged, and this is what became of it. Receipt numbers are as on the customers' slips. */
export const salvageReportSchema = z.strictObject({
  /** Epoch ms, by the machine's clock. */
  at: z.int(),
  /** Applications that were taken over, whatever state they are in. */
  saved: z.int().min(0),
  /** Those that are there and whose content can't be opened on this terminal any more. */
  damaged: z.array(z.string()),
  /** Those of which only the number is left. */
  missing: z.array(z.string()),
  /** Those of which not even the number is left. */
  missingWithoutNumber: z.int().min(0),
  /** What was written down last can't be read in full: applications may be lost, and states be older, without a trace. */
  isLogCut: z.boolean(),
  /** Who the terminal is at central is lost: it was enrolled anew, and central takes nothing from before. */
  isIdentityLost: z.boolean(),
  /** Where the damaged database lies in the terminal's data folder. */
  keptAside: z.string(),
});
export type SalvageReport = z.infer<typeof salvageReportSchema>;

const ofStaff = z.strictObject({ staffSessionId: staffSessionIdSchema });
const staffErrors = { STAFF_GONE: {}, STAFF_AWAY: {} } as const;

/** After the terminal's database was damaged, until somebody of the staff has confirmed that they know. */
export const salvageContract = {
  /** null: there is nothing to say. */
  report: oc.input(ofStaff).output(salvageReportSchema.nullable()).errors(staffErrors),
  confirm: oc.input(ofStaff).output(z.void()).errors(staffErrors),
};
