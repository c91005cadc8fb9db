import { z } from 'zod';
import { contractorPhone } from './contractor.ts';

/** Ours: the manual gives no length. The iTSCOM ID's. */
export const CONTACT_EMAIL_MOST = 100;

/** A phone number with area code as central keeps it, digits only; half or full width, with hyphens or without. null: none */
export function contactPhone(typed: string): string | null {
  const digits = contractorPhone(typed);
  return digits !== null && /^0\d{9,10}$/.test(digits) ? digits : null;
}

/** Before the @, by RFC 5321. */
const LOCAL_PART_MOST = 64;

/** A mail address that mail can be sent to; null: it can't be one. */
export function contactEmail(typed: string): string | null {
  const address = typed.normalize('NFKC').trim();
  const fits = address.length <= CONTACT_EMAIL_MOST && address.indexOf('@') <= LOCAL_PART_MOST;
  return fits && z.email().safeParse(address).success ? address : null;
}
