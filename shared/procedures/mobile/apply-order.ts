import { z } from 'zod';
import { type Catalog, offeringById, type OfferingOf, offeringsOf, simSizeSchema } from '../../domain/catalog.ts';
import type { Change } from '../../domain/changes.ts';
import type { Characteristics } from '../../domain/characteristics.ts';
import { lineNumberSchema, MOBILE_LINES } from '../../domain/mobile/line.ts';
import { reservationNumberSchema } from '../../domain/mobile/port-reservation.ts';
import type { OnceLine } from '../../domain/quote.ts';
import type { ProcedureContext } from '../procedure.ts';
import { ACCESSORY, CALL_OPTIONS, SUPPORT } from './apply-answers.ts';

const CONTRACT_FEE = 'mobile.contract-fee';

type LineOfHousehold = (typeof MOBILE_LINES)[number];

export const applicationSchema = z.object({
  volume: z.string(),
  calls: z.enum(['basic', ...CALL_OPTIONS]).optional(),
  fiveG: z.enum(['on', 'off']),
  voicemail: z.string().optional(),
  device: z.string().optional(),
  colour: z.string().optional(),
  warranty: z.string().optional(),
  simSize: simSizeSchema,
  accessory: z.string().optional(),
  support: z.string().optional(),
  filtering: z.string().optional(),
  reservation: reservationNumberSchema.optional(),
  expiresOn: z.iso.date().optional(),
  portNumber: lineNumberSchema.optional(),
  supportOn: z.iso.date().optional(),
  campaign: z.string().optional(),
});
type Application = z.infer<typeof applicationSchema>;

/** The line, and what belongs to it by its number in the household. A device is ordered in its colour. */
export function changesFor(context: ProcedureContext, application: Application, line: LineOfHousehold): Change[] {
  const { volume, calls, voicemail, device, colour, warranty, filtering } = application;
  const parts = [calls, voicemail, colour ?? device, warranty, filtering].filter(
    (answer): answer is string => answer !== undefined && answer !== 'no' && answer !== 'basic',
  );
  return [
    { action: 'add', offeringId: volume, characteristics: { line, ...settledWith(context, application) } },
    ...parts.map((offeringId) => ({ action: 'add', offeringId, characteristics: { line } }) as const),
  ];
}

function settledWith({ catalog }: ProcedureContext, application: Application): Characteristics {
  const { simSize, fiveG, reservation, portNumber, expiresOn, supportOn, campaign } = application;
  const code = campaign === undefined ? undefined : campaignOf(catalog, campaign)?.code;
  return {
    simSize,
    fiveG,
    ...(portNumber === undefined || expiresOn === undefined
      ? {}
      : { lineNumber: portNumber, portExpiresOn: expiresOn, portReservation: reservation }),
    ...(supportOn === undefined ? {} : { supportOn }),
    ...(code === undefined ? {} : { campaign: code }),
  };
}

/** What a code stands for; undefined: nothing. People write small letters too. */
export function campaignOf(catalog: Catalog, code: string): OfferingOf<'campaign'> | undefined {
  return offeringsOf(catalog, 'campaign').find((one) => one.sellable && one.code === code.toUpperCase());
}

export function onceFees({ catalog }: ProcedureContext, { accessory, support }: Application): OnceLine[] {
  const fee = offeringById(catalog, CONTRACT_FEE);
  const extra = offeringById(catalog, ACCESSORY);
  return [
    { id: 'mobile-contract-fee', yen: fee.onceYen ?? 0, sample: fee.sample },
    ...(accessory === ACCESSORY
      ? [{ id: 'mobile-accessory', yen: extra.onceYen ?? 0, sample: extra.sample } as const]
      : []),
    // Without charge with a new voice line (p.95).
    ...(support === SUPPORT ? [{ id: 'set-up-support', yen: 0, sample: false } as const] : []),
  ];
}

/**
 * The first number that no line of the household has, as far as it is known, those on order counted; undefined: it has five
 * (p.96).
 */
export function nextLine({ catalog, facts }: ProcedureContext): LineOfHousehold | undefined {
  const plans = new Set(offeringsOf(catalog, 'mobile-plan').map(({ id }) => id));
  const atHand = facts.kind === 'known' ? facts.contracts : (facts.ordered ?? []);
  const lines = atHand.filter(({ offeringId, status }) => plans.has(offeringId) && status !== 'terminated');
  if (lines.length >= MOBILE_LINES.length) return undefined;
  const taken = new Set(lines.map(({ characteristics }) => characteristics?.line));
  return MOBILE_LINES.find((line) => !taken.has(line));
}
