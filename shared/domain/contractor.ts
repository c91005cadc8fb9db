import { z } from 'zod';
import { toKatakana } from './typed/kana.ts';

/** What a contractor can show besides name and phone (p.12): one of these. */
export const PROOF_KINDS = ['customer-number', 'bank-account', 'card', 'device'] as const;
export const proofKindSchema = z.enum(PROOF_KINDS);
export type ProofKind = z.infer<typeof proofKindSchema>;

/** What is asked for besides where that leaves more than one contract (p.13). */
export const ADDITIONAL_PROOFS = ['customer-number', 'device'] as const satisfies readonly ProofKind[];

/** So many characters are looked at of what is typed: far more than there can be, with whatever stands between. */
export const CONTRACTOR_MOST = { kana: 100, phone: 40, proof: 60 } as const;

/** The name in kana as central keeps it: full-width katakana without spaces. null: something else was typed. */
export function contractorKana(typed: string): string | null {
  return typed.length > CONTRACTOR_MOST.kana ? null : matching(/^[\u30A1-\u30FE]+$/u, toKatakana(typed));
}

/** A phone number as central keeps it: digits only. */
export function contractorPhone(typed: string): string | null {
  if (typed.length > CONTRACTOR_MOST.phone) return null;
  return matching(/^\d+$/, plain(typed).replaceAll(/[-‐‑‒–—―−ー()]/g, ''));
}

/** How many digits a customer number, and the end of an account or card, has. */
const DIGITS: Readonly<Record<Exclude<ProofKind, 'device'>, number>> = {
  'customer-number': 10,
  'bank-account': 4,
  card: 4,
};

/** A proof as central keeps it. null: it can't be one of that kind. */
export function contractorProof(kind: ProofKind, typed: string): string | null {
  if (typed.length > CONTRACTOR_MOST.proof) return null;
  if (kind === 'device') return deviceId(typed);
  return matching(new RegExp(`^\\d{${DIGITS[kind]}}$`), plain(typed).replaceAll('-', ''));
}

/** STB or Hit Pot ID: upper case, without the `-` and `:` that are printed between (p.12). */
export function deviceId(typed: string): string | null {
  return matching(/^[A-Z0-9]{1,40}$/, plain(typed).replaceAll(/[-:]/g, '').toUpperCase());
}

export function customerNumber(typed: string): string | null {
  return matching(/^\d+$/, plain(typed));
}

/** Full-width letters and digits become half-width ones, half-width kana full-width ones; spaces go. */
function plain(typed: string): string {
  return typed.normalize('NFKC').replaceAll(/\s/g, '');
}

function matching(pattern: RegExp, text: string): string | null {
  return pattern.test(text) ? text : null;
}
