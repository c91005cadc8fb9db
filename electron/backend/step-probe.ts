/** Every place where a crash must change nothing; fault tests end the process there. */
export const STEPS = [
  'migrate.applied',
  'migrate.committed',
  'enqueue.sealed',
  'enqueue.inserted',
  'enqueue.committed',
  'send.marked',
  'send.looked-up',
  'send.answered',
  'accept.updated',
  'accept.committed',
  'erase.keys-deleted',
  'erase.checkpointed',
] as const;
export type StepLabel = (typeof STEPS)[number];

export interface StepProbe {
  reached(label: StepLabel): void;
}

export const noProbe: StepProbe = { reached: () => undefined };
