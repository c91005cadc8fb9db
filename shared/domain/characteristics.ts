import { z } from 'zod';
import { businessDateSchema } from './business-time.ts';
import { simSizeSchema } from './catalog.ts';
import { iccidSchema, lineNumberSchema, MOBILE_LINES } from './mobile/line.ts';
import { reservationNumberSchema } from './mobile/port-reservation.ts';

/** What is settled of a product beside its offering; each travels as a characteristic of that name in TMF622 and 637. */
export const characteristicsSchema = z.strictObject({
  /** プライベート/グローバル (p.76) */
  ipType: z.enum(['private', 'global']).optional(),
  /** 翌日開始/翌月開始 (p.62); of an order only. */
  start: z.enum(['next-day', 'next-month']).optional(),
  /** ご契約種別 of electricity or gas (p.106); `ask`: staff find it out when they call. */
  contractType: z.enum(['metered-b', 'metered-c', 'general', 'ask']).optional(),
  /** 1台目, 2台目 …: which of the household's mobile lines it is, or belongs to (p.102). */
  line: z.enum(MOBILE_LINES).optional(),
  /** 回線番号 of a mobile line. */
  lineNumber: lineNumberSchema.optional(),
  /** Of the SIM card. */
  iccid: iccidSchema.optional(),
  /** Size of the SIM card that is sent (p.90). */
  simSize: simSizeSchema.optional(),
  /** 5G通信利用 (p.87) */
  fiveG: z.enum(['on', 'off']).optional(),
  /** MNP予約有効期限 of a number that is brought along: switched over on that day at the latest (p.95). */
  portExpiresOn: businessDateSchema.optional(),
  /** From when the volume holds that was asked for last (p.99); of a product only. */
  volumeChangesOn: businessDateSchema.optional(),
  /** Offering id of the plan whose volume holds until then; of a product only. */
  volumeBefore: z.string().optional(),
  /** MNP予約番号 (p.92); of an order only, as the next two. */
  portReservation: reservationNumberSchema.optional(),
  /** 初期設定サポートの希望日 (p.91) */
  supportOn: businessDateSchema.optional(),
  /** キャンペーンコード (p.92) */
  campaign: z.string().optional(),
});
export type Characteristics = z.infer<typeof characteristicsSchema>;

export const CHARACTERISTICS = characteristicsSchema.keyof().options;

/** Those among a TMF resource's characteristics; a BSS sends others too. null: none of them. */
export function characteristicsFrom(named: readonly { name: string; value: unknown }[]): Characteristics | null {
  const own = CHARACTERISTICS.flatMap((name) => {
    const value = named.find((one) => one.name === name)?.value;
    const parsed = characteristicsSchema.safeParse({ [name]: value });
    return value !== undefined && parsed.success ? [parsed.data] : [];
  });
  return own.length === 0 ? null : own.reduce<Characteristics>((all, one) => ({ ...all, ...one }), {});
}
