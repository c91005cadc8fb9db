import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import { type StaffMember, staffMemberSchema } from '../../../shared/domain/staff.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';
import type { DocumentKeeper } from '../database/kept-document.ts';
import { decrypt, encrypt } from '../outbox/envelope.ts';
import type { TerminalKey } from '../outbox/terminal-key.ts';
import { hashPin, isPin } from './pin-hash.ts';

const recordSchema = z.strictObject({
  staff: staffMemberSchema,
  attestation: z.string(),
  salt: z.string(),
  hash: z.string(),
  /** When central last let them in here (epoch ms, corrected clock). */
  confirmedAt: z.int(),
  misses: z.int(),
  /** Epoch ms, corrected clock. */
  lockedUntil: z.int(),
});
type Record = z.infer<typeof recordSchema>;

export interface Confirmed {
  readonly staff: StaffMember;
  /** Central's word for it. */
  readonly attestation: string;
}

export type KnownStaffError =
  /** Never signed in here, or too long ago. */
  | { readonly code: 'not-known-here' }
  | { readonly code: 'refused' }
  | { readonly code: 'throttled'; readonly retryAfterSeconds: number };

/** Who may sign in at this terminal while central is away: whom central let in here within a set time. */
export interface KnownStaff {
  remember(confirmed: Confirmed, pin: string): Promise<void>;
  verify(number: string, pin: string): Promise<Result<Confirmed, KnownStaffError>>;
  /** Central refused a PIN that was right here the last time: they left, or central has locked them. */
  forgetIfKnown(number: string, pin: string): Promise<void>;
  /** The terminal is out of service: whom central let in there is nobody here. */
  forgetAll(): void;
}

const MISSES = 5;
const LOCK_MS = 30 * 60_000;
const NAME = 'staff';

/** @param validMs for so long after central's last word */
export function createKnownStaff(parts: {
  keeper: DocumentKeeper;
  terminalKey: TerminalKey;
  now(): number;
  validMs: number;
}): KnownStaff {
  const { keeper, terminalKey, now, validMs } = parts;
  let records = read();

  function read(): readonly Record[] {
    const kept = keeper.read();
    if (kept === null) return [];
    try {
      const plain = decrypt(terminalKey.wrappingKey, NAME, Buffer.from(kept.body, 'base64'));
      return tolerant(z.array(recordSchema)).parse(JSON.parse(plain.toString('utf8')));
    } catch {
      // Under another key, or damaged: they sign in with central again.
      return [];
    }
  }

  function write(next: readonly Record[]): void {
    records = next;
    const body = encrypt(terminalKey.wrappingKey, NAME, Buffer.from(JSON.stringify(next))).toString('base64');
    keeper.write({ version: '1', etag: null, asOf: now(), body });
  }

  const without = (number: string): readonly Record[] => records.filter(({ staff }) => staff.number !== number);
  const find = (number: string): Record | undefined => records.find(({ staff }) => staff.number === number);

  return {
    remember: async ({ staff, attestation }, pin) => {
      const hashed = await hashPin(pin);
      const fresh = without(staff.number).filter(({ confirmedAt }) => now() - confirmedAt <= validMs);
      write([...fresh, { staff, attestation, ...hashed, confirmedAt: now(), misses: 0, lockedUntil: 0 }]);
    },
    verify: async (number, pin) => {
      const record = find(number);
      if (record === undefined || now() - record.confirmedAt > validMs) return err({ code: 'not-known-here' });
      if (record.lockedUntil > now()) {
        return err({ code: 'throttled', retryAfterSeconds: Math.ceil((record.lockedUntil - now()) / 1000) });
      }
      // Counted before it is looked at: many at once get no more tries than many in turn.
      const misses = record.misses + 1;
      const counted = { ...record, misses, lockedUntil: misses >= MISSES ? now() + LOCK_MS : 0 };
      write([...without(number), counted]);
      if (!(await isPin(pin, record))) return err({ code: 'refused' });
      write([...without(number), { ...record, misses: 0, lockedUntil: 0 }]);
      return ok({ staff: record.staff, attestation: record.attestation });
    },
    forgetIfKnown: async (number, pin) => {
      const record = find(number);
      if (record !== undefined && (await isPin(pin, record))) write(without(number));
    },
    forgetAll: () => {
      records = [];
      keeper.remove();
    },
  };
}
