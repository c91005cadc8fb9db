import { z } from 'zod';

/** Whole yen, tax included; a discount is negative. The name says `net` where tax is not included. */
export const yenSchema = z.int().min(-9_999_999).max(9_999_999);
export type Yen = z.infer<typeof yenSchema>;

const CONSUMPTION_TAX_PERCENT = 10;

/** The operator adds the tax to the sum of net amounts and drops what is below one yen (manual p.41). */
export function withTax(netYen: Yen): Yen {
  return Math.trunc((netYen * (100 + CONSUMPTION_TAX_PERCENT)) / 100);
}

export function sumYen(amounts: readonly Yen[]): Yen {
  return amounts.reduce((total, amount) => total + amount, 0);
}
