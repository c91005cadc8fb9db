import type { Timers } from '../ports.ts';

/** What nobody can use any more, or came back for, need not be in memory. */
export interface SecretEnds {
  forgetAfter(milliseconds: number, issueId: string): void;
  stop(): void;
}

export function createSecretEnds(timers: Timers, forget: (issueId: string) => void): SecretEnds {
  const ends = new Set<() => void>();
  return {
    forgetAfter: (milliseconds, issueId) => {
      const cancel = timers.after(milliseconds, () => {
        ends.delete(cancel);
        forget(issueId);
      });
      ends.add(cancel);
    },
    stop: () => {
      for (const cancel of ends) cancel();
    },
  };
}
