import { z } from 'zod';

/** What goes on the receipt, before a device decides how. Texts are already in their language. */
export const slipBlockSchema = z.discriminatedUnion('kind', [
  /** 仮受付, 再発行: must be unmistakable; printed reversed and large. */
  z.strictObject({ kind: z.literal('stamp'), text: z.string().min(1) }),
  z.strictObject({ kind: z.literal('title'), text: z.string().min(1) }),
  /** 受付番号: label small, value double size. */
  z.strictObject({ kind: z.literal('number'), label: z.string().min(1), value: z.string().min(1) }),
  z.strictObject({ kind: z.literal('heading'), text: z.string().min(1) }),
  z.strictObject({ kind: z.literal('text'), text: z.string().min(1) }),
  z.strictObject({ kind: z.literal('underlined'), text: z.string().min(1) }),
  /** To be copied a character at a time: double size, broken anywhere, nothing put in or left out. */
  z.strictObject({ kind: z.literal('secret'), label: z.string().min(1), value: z.string().min(1) }),
  /** 読み仮名: words side by side, those of capitals underlined. */
  z.strictObject({
    kind: z.literal('reading'),
    label: z.string().min(1),
    words: z.array(z.strictObject({ text: z.string().min(1), underlined: z.boolean() })).min(1),
  }),
  /** Label left, value right; folds to two lines when they don't fit. */
  z.strictObject({ kind: z.literal('row'), label: z.string().min(1), value: z.string().min(1), strong: z.boolean() }),
  z.strictObject({ kind: z.literal('rule') }),
  z.strictObject({ kind: z.literal('space') }),
  z.strictObject({ kind: z.literal('qr'), payload: z.string().min(1).max(300), caption: z.string() }),
]);
export type SlipBlock = z.infer<typeof slipBlockSchema>;

export interface Slip {
  readonly blocks: readonly SlipBlock[];
}
