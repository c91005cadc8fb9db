import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StepLabel } from '../../../electron/backend/step-probe.ts';
import { CAPTURE_FOLDER } from '../../../electron/backend/captures/capture-store.ts';
import { FakeCentral, RESCUE_PUBLIC_PEM } from '../../../electron/backend/testing/fake-central.ts';
import { openOutbox } from '../../../electron/backend/testing/sync-rig.ts';
import { keepTrackOf } from '../children.ts';
import type { Findings } from '../properties.ts';

/** When a terminal's process ends by kill -9. */
export type Kill =
  | { readonly kind: 'step'; readonly step: StepLabel; readonly nth: number }
  /** So long after it said that it has so many. */
  | { readonly kind: 'moment'; readonly acks: number; readonly delayMs: number };

const APPLICATIONS = 6;

/** At that step, in turn as it is reached for the first and the second time; what was sent is erased once. */
export const killAtStep = (step: StepLabel, turn: number): Kill => ({
  kind: 'step',
  step,
  nth: step.startsWith('erase.') ? 1 : 1 + (turn % 2),
});

/** One life that ends so, and a second one that has to bring everything that was acknowledged to central, once. */
export async function killed(input: {
  /** Bundled `kill-harness.ts`. */
  harness: string;
  folder: string;
  kill: Kill;
  findings: Findings;
}): Promise<void> {
  const { harness, kill, findings } = input;
  const dataDir = mkdtempSync(join(input.folder, 'killed-'));
  const central = new FakeCentral();
  if (kill.kind === 'step' && kill.step === 'send.looked-up') {
    central.script = (_id, attempt) => (attempt === 1 ? { kind: 'lost-answer' } : null);
  }
  await central.start();
  const common = { dataDir, central: central.url.href, rescuePem: RESCUE_PUBLIC_PEM };
  const first = await startLife(harness, { ...common, ...stepOf(kill), applications: APPLICATIONS }, kill).ended;
  const when = kill.kind === 'step' ? `at ${kill.step}` : 'at a random moment';
  // It may have had nothing left to do before it came there.
  if (first.signal === 'SIGKILL') findings.try(`process killed ${when}`);
  const second = await startLife(harness, { ...common, applications: 0, killAt: null, killOn: 0 }, null).ended;
  findings.check('eventually_drains', second.drained, `not drained after a kill ${when}`);
  const times = (id: string): number => central.booked.filter((one) => one === id).length;
  const { db, outbox } = openOutbox({ dataDir });
  const pictures = join(dataDir, CAPTURE_FOLDER);
  const left = existsSync(pictures) ? readdirSync(pictures) : [];
  findings.check('no_plaintext_at_rest', left.length === 0, `${left.length} pictures left after a kill ${when}`);
  for (const id of first.acked) {
    const state = outbox.find(id)?.state;
    findings.check('acked_survives_kill', state !== undefined, `${id} is gone after a kill ${when}`);
    const detail = `${id} is ${state ?? 'gone'} and ${times(id)} times at central after a kill ${when}`;
    findings.check('acked_exactly_once_at_central', state === 'accepted' && times(id) === 1, detail);
  }
  const isOnce = new Set(central.booked).size === central.booked.length;
  findings.check('acked_exactly_once_at_central', isOnce, `something was doubled after a kill ${when}`);
  db.close();
  await central.stop();
  rmSync(dataDir, { recursive: true });
}

function stepOf(kill: Kill): { killAt: StepLabel | null; killOn: number } {
  return kill.kind === 'step' ? { killAt: kill.step, killOn: kill.nth } : { killAt: null, killOn: 0 };
}

interface Life {
  readonly acked: readonly string[];
  readonly signal: string | null;
  readonly drained: boolean;
}

export interface Running {
  whenAcked(applications: number): Promise<void>;
  readonly ended: Promise<Life>;
}

export function startLife(harness: string, input: Record<string, unknown>, kill: Kill | null): Running {
  const child = keepTrackOf(
    // What it says when it is refused is no news.
    spawn(process.execPath, [harness, JSON.stringify(input)], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  let output = '';
  const acked = (): string[] => [...output.matchAll(/^acked (\S+)$/gm)].flatMap((match) => match[1] ?? []);
  const waiting = new Map<number, () => void>();
  let isArmed = kill?.kind === 'moment';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    for (const [applications, resolve] of waiting) if (acked().length >= applications) resolve();
    if (kill?.kind !== 'moment' || !isArmed || acked().length < kill.acks) return;
    isArmed = false;
    setTimeout(() => child.kill('SIGKILL'), kill.delayMs);
  });
  const signal = new Promise<string | null>((resolve) => child.on('close', (_code, by) => resolve(by)));
  return {
    whenAcked: (applications) => new Promise((resolve) => waiting.set(applications, resolve)),
    ended: signal.then((by) => ({ acked: acked(), signal: by, drained: output.includes('drained') })),
  };
}
