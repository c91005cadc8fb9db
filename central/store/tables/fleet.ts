import type { Json } from './json.ts';

export interface FleetTables {
  /** The last heartbeat of each terminal. */
  heartbeats: {
    terminal_code: string;
    /** By the system clock. */
    received_at: Date;
    version: string;
    mode: string;
    waiting: number;
    held: number;
    rejected: number;
    /** By the system clock; null: nothing waits. */
    oldest_waiting_at: Date | null;
    printer: string;
    clock_ahead_seconds: number;
    /** null: its database was not damaged lately. */
    salvage: Json | null;
  };
}
