import { HEARTBEAT_EVERY_MS } from '../../shared/central-api/heartbeat.ts';
import type { PrinterStatus } from '../../shared/contract/events.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import type { HeartbeatRow } from './heartbeats.ts';

/** What someone should look after at a terminal, worst first. */
export const TROUBLES = ['silent', 'disk', 'long-queue', 'printer', 'paper-low', 'clock'] as const;
export type Trouble = (typeof TROUBLES)[number];

export interface KnownTerminal {
  readonly code: string;
  readonly shopName: string;
}

export interface FleetEntry {
  readonly code: string;
  /** null: it beats and is no longer known. */
  readonly shopName: string | null;
  /** null: it was never heard of. */
  readonly beat: HeartbeatRow | null;
  readonly troubles: readonly Trouble[];
}

/** One lost beat is no silence. */
const SILENT_AFTER_MS = 3 * HEARTBEAT_EVERY_MS;
const LONG_QUEUE = 20;
const LONG_WAIT_MS = 30 * 60_000;
/** A terminal corrects its time by central's; a machine's own clock that far off means that it isn't set any more. */
const CLOCK_OFF_SECONDS = 120;

/** All terminals, those in the worst trouble first. @param now epoch ms, system clock */
export function fleetOf(known: readonly KnownTerminal[], beats: readonly HeartbeatRow[], now: number): FleetEntry[] {
  const byCode = new Map(beats.map((beat) => [beat.terminal_code, beat]));
  const shops = new Map(known.map(({ code, shopName }) => [code, shopName]));
  return [...new Set([...shops.keys(), ...byCode.keys()])]
    .map((code) => {
      const beat = byCode.get(code) ?? null;
      return { code, shopName: shops.get(code) ?? null, beat, troubles: troublesOf(beat, now) };
    })
    .toSorted((one, other) => rank(one) - rank(other) || (one.code < other.code ? -1 : 1));
}

function troublesOf(beat: HeartbeatRow | null, now: number): Trouble[] {
  if (beat === null || now - beat.received_at.getTime() > SILENT_AFTER_MS) return ['silent'];
  const waits = beat.oldest_waiting_at === null ? 0 : now - beat.oldest_waiting_at.getTime();
  const printer = printerTrouble(beat.printer);
  return [
    ...(beat.salvage === null ? [] : (['disk'] as const)),
    ...(beat.waiting >= LONG_QUEUE || waits > LONG_WAIT_MS ? (['long-queue'] as const) : []),
    ...(printer === null ? [] : [printer]),
    ...(Math.abs(beat.clock_ahead_seconds) > CLOCK_OFF_SECONDS ? (['clock'] as const) : []),
  ];
}

function printerTrouble(status: PrinterStatus): Trouble | null {
  switch (status) {
    case 'ready':
    case 'unknown':
      return null;
    case 'paper-low':
      return 'paper-low';
    case 'paper-out':
    case 'cover-open':
    case 'offline':
    case 'error':
      return 'printer';
    default:
      return cantHappen(status);
  }
}

function rank({ troubles }: FleetEntry): number {
  const [worst] = troubles;
  return worst === undefined ? TROUBLES.length : TROUBLES.indexOf(worst);
}
