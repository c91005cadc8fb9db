/** Every place where a crash must change nothing; fault tests end the process there. */
export const STEPS = [
  'migrate.applied',
  'migrate.committed',
  'capture.written',
  'capture.inserted',
  'enqueue.sealed',
  'enqueue.inserted',
  'enqueue.committed',
  'send.marked',
  'send.looked-up',
  'send.capture-part',
  'send.answered',
  'accept.updated',
  'accept.committed',
  'erase.keys-deleted',
  'erase.checkpointed',
] as const;
/** The same of taking over from a damaged database, which no ordinary work comes to. */
export const SALVAGE_STEPS = ['salvage.filled', 'salvage.kept-aside', 'salvage.ready', 'salvage.log-gone'] as const;
export type StepLabel = (typeof STEPS)[number] | (typeof SALVAGE_STEPS)[number];

export interface StepProbe {
  reached(label: StepLabel): void;
}

export const noProbe: StepProbe = { reached: () => undefined };
