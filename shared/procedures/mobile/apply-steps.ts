import { offeringsOf, type OfferingOf, SIM_SIZES } from '../../domain/catalog.ts';
import { chosen, offeringCard, textOption } from '../contracts-at-hand.ts';
import type { ChoiceOption, Draft, ProcedureContext, Step } from '../procedure.ts';
import {
  ACCESSORY,
  CALL_OPTIONS,
  FILTERING,
  FREE_MINUTES,
  isSet,
  isVoice,
  SUPPORT,
  VOICEMAIL,
  WARRANTY,
} from './apply-answers.ts';

const forVoice = (_context: ProcedureContext, draft: Draft): boolean => isVoice(draft);
const withDevice = (_context: ProcedureContext, draft: Draft): boolean => isSet(draft);

/** What is contracted (p.86-91, 95). A data line has no calls, voicemail, accessory, support and filtering. */
export const contractSteps: readonly Step[] = [
  {
    kind: 'choose',
    id: 'plan',
    questions: [{ kind: 'one', id: 'plan', options: () => [textOption('voice'), textOption('data')] }],
  },
  {
    kind: 'choose',
    id: 'volume',
    questions: [
      { kind: 'one', id: 'volume', options: planCards },
      {
        kind: 'one',
        id: 'calls',
        when: forVoice,
        options: (context) => [
          textOption('basic'),
          ...CALL_OPTIONS.map((id) => ({
            ...optionCard(context, id),
            details: [{ id: 'free-calls', minutes: FREE_MINUTES[id] } as const],
          })),
        ],
      },
    ],
  },
  {
    kind: 'choose',
    id: 'network',
    questions: [
      { kind: 'one', id: 'fiveG', options: () => [textOption('on'), textOption('off')] },
      {
        kind: 'one',
        id: 'voicemail',
        when: forVoice,
        options: (context) => [optionCard(context, VOICEMAIL), textOption('no')],
      },
    ],
  },
  {
    kind: 'choose',
    id: 'device',
    questions: [
      { kind: 'one', id: 'set', options: () => [textOption('sim-only'), textOption('set')] },
      {
        kind: 'one',
        id: 'device',
        when: withDevice,
        options: deviceCards,
      },
      {
        kind: 'one',
        id: 'colour',
        when: (context, draft) => isSet(draft) && colourCards(context, draft).length > 0,
        options: colourCards,
      },
      {
        kind: 'one',
        id: 'warranty',
        // Only together with a device, and never later (p.95).
        when: withDevice,
        options: (context) => [optionCard(context, WARRANTY), textOption('no')],
      },
      {
        kind: 'one',
        id: 'handset',
        when: (_context, draft) => isVoice(draft) && draft['set'] === 'sim-only',
        options: () => [textOption('iphone'), textOption('other')],
      },
      { kind: 'one', id: 'simSize', options: simSizes },
    ],
  },
  {
    kind: 'choose',
    id: 'options',
    questions: [
      {
        kind: 'one',
        id: 'accessory',
        when: forVoice,
        options: (context) => [accessoryCard(context), textOption('no')],
      },
      {
        kind: 'one',
        id: 'support',
        when: forVoice,
        options: (context) => [supportCard(context), textOption('no')],
      },
      {
        kind: 'text',
        id: 'supportOn',
        format: { kind: 'date', of: 'coming' },
        when: (_context, draft) => isVoice(draft) && draft['support'] === SUPPORT,
      },
      {
        kind: 'one',
        id: 'filtering',
        when: forVoice,
        options: (context, draft) => [
          { ...optionCard(context, FILTERING), disabled: isForIphone(draft) ? 'not-on-iphone' : null },
          textOption('no'),
        ],
      },
    ],
  },
];

/** None of the devices that come with a line is one. */
const isForIphone = (draft: Draft): boolean => !isSet(draft) && draft['handset'] === 'iphone';

function planCards(context: ProcedureContext, { plan }: Draft): ChoiceOption[] {
  return offeringsOf(context.catalog, 'mobile-plan')
    .filter(({ service, sellable }) => sellable && service === plan)
    .map((offering) => offeringCard(context, offering));
}

/** Each model once; what has none left in any colour waits for its delivery (p.88). */
function deviceCards(context: ProcedureContext, { plan }: Draft): ChoiceOption[] {
  return devicesSold(context)
    .filter(({ service, model }) => service === plan && model === undefined)
    .map((device) => {
      // A model that comes in colours is never delivered as itself, also where none of them is sold any more.
      const isInColours = offeringsOf(context.catalog, 'mobile-device').some(({ model }) => model === device.id);
      const isGone = (isInColours ? coloursOf(context, device.id) : [device]).every(({ id }) =>
        isOutOfStock(context, id),
      );
      return offeringCard(context, device, { disabled: isGone ? 'out-of-stock' : null });
    });
}

/** At the price that stands on the model's card. */
function colourCards(context: ProcedureContext, { device = '' }: Draft): ChoiceOption[] {
  return coloursOf(context, device).map((colour) => ({
    ...offeringCard(context, colour, { disabled: isOutOfStock(context, colour.id) ? 'out-of-stock' : null }),
    price: null,
  }));
}

const devicesSold = ({ catalog }: ProcedureContext): OfferingOf<'mobile-device'>[] =>
  offeringsOf(catalog, 'mobile-device').filter(({ sellable }) => sellable);

const coloursOf = (context: ProcedureContext, device: string): OfferingOf<'mobile-device'>[] =>
  devicesSold(context).filter(({ model }) => model === device);

function isOutOfStock({ facts }: ProcedureContext, offeringId: string): boolean {
  return facts.kind === 'known' && (facts.outOfStock ?? []).includes(offeringId);
}

/** A device takes one size; for a SIM card alone any can be had (p.90). */
function simSizes(context: ProcedureContext, draft: Draft): ChoiceOption[] {
  const device = isSet(draft) ? deviceOf(context, draft) : undefined;
  return SIM_SIZES.filter((size) => device === undefined || device.simSize === size).map((size) => textOption(size));
}

function deviceOf({ catalog }: ProcedureContext, { device }: Draft): OfferingOf<'mobile-device'> | undefined {
  return offeringsOf(catalog, 'mobile-device').find(({ id }) => id === device);
}

function optionCard(context: ProcedureContext, id: string): ChoiceOption {
  return offeringCard(context, chosen(context.catalog, id, 'mobile-option'));
}

/** Without charge with a new voice line (p.95). */
function supportCard(context: ProcedureContext): ChoiceOption {
  const offering = chosen(context.catalog, SUPPORT, 'once-fee');
  return { ...offeringCard(context, offering), price: { yen: 0, per: 'once', sample: false } };
}

function accessoryCard(context: ProcedureContext): ChoiceOption {
  const offering = chosen(context.catalog, ACCESSORY, 'once-fee');
  return {
    ...offeringCard(context, offering),
    price: { yen: offering.onceYen ?? 0, per: 'once', sample: offering.sample },
  };
}
