import { z } from 'zod';

const tableColumnSchema = z.strictObject({
  head: z.string(),
  /** Of the width between the margins. */
  share: z.number(),
  align: z.enum(['left', 'right']),
});
export type TableColumn = Readonly<z.infer<typeof tableColumnSchema>>;

/** What stands on the pages, from top to bottom. */
const a4BlockSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('title'), text: z.string() }),
  z.strictObject({ kind: z.literal('heading'), text: z.string() }),
  z.strictObject({ kind: z.literal('text'), text: z.string() }),
  z.strictObject({
    kind: z.literal('facts'),
    /** Label and value. */
    rows: z.array(z.tuple([z.string(), z.string()]).readonly()).readonly(),
  }),
  z.strictObject({
    kind: z.literal('table'),
    columns: z.array(tableColumnSchema).readonly(),
    rows: z.array(z.array(z.string()).readonly()).readonly(),
  }),
]);
export type A4Block = Readonly<z.infer<typeof a4BlockSchema>>;

export const a4DocumentSchema = z.strictObject({
  title: z.string(),
  /** Epoch ms. */
  madeAt: z.number(),
  /** On every page, beside its number. */
  foot: z.string(),
  blocks: z.array(a4BlockSchema).readonly(),
});
export type A4Document = Readonly<z.infer<typeof a4DocumentSchema>>;
