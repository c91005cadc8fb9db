import { z } from 'zod';
import { terminalModeSchema } from '../../../shared/contract/events.ts';

/** Flags go before what settings.json says. */
const overridesSchema = z.object({
  central: z.string().exactOptional(),
  printer: z.string().exactOptional(),
  mode: z.enum(terminalModeSchema.options, { error: ({ input }) => `${String(input)} is unknown` }).exactOptional(),
});
export type SettingsFlags = z.infer<typeof overridesSchema>;

export const terminalFlagsShape = {
  ...overridesSchema.shape,
  clock: z
    .union([z.iso.datetime({ offset: true, local: true }), z.iso.date()], 'is no ISO 8601 time')
    .transform(businessInstant)
    .exactOptional(),
};

export const settingsFlagsOf = (values: SettingsFlags): SettingsFlags => overridesSchema.parse(values);

/** A time without an offset is Tokyo's, as every business time. */
function businessInstant(text: string): number {
  if (text.length === 10) return Date.parse(`${text}T00:00:00+09:00`);
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text}+09:00`);
}
