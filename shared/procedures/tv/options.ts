import { z } from 'zod';
import { manyOf } from '../answers.ts';
import {
  AVAILABLE,
  contractOfType,
  contractsOfType,
  isOrdered,
  notAvailable,
  textOption,
} from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { channelCards, channelNotices, hasSetAndSingle } from './courses.ts';

/** テレビオプション: channels that begin the next day or the next month, and channels that end (manual p.62-63). */
export const tvOptions = defineProcedure({
  id: 'tv.options',
  area: 'tv',
  manual: [62, 63],
  purposes: ['apply', 'change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'viewing-start-month',
  application: z.object({
    channels: z.string(),
    end: z.string().optional(),
    start: z.enum(['next-day', 'next-month']).optional(),
  }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return AVAILABLE;
    if (contractOfType(context, 'tv-course') === undefined) return notAvailable('no-tv-contract');
    const isChanging = contractsOfType(context, 'tv-channel').some((channel) => channel.changePending);
    return isChanging || isOrdered(context, ['tv-channel']) ? notAvailable('change-pending') : AVAILABLE;
  },
  steps: [
    {
      kind: 'choose',
      id: 'channels',
      questions: [
        {
          kind: 'many',
          id: 'end',
          when: (context) => contractsOfType(context, 'tv-channel').length > 0,
          options: presentChannels,
        },
        { kind: 'many', id: 'channels', options: channelCards },
      ],
    },
    {
      kind: 'choose',
      id: 'start',
      questions: [
        {
          kind: 'one',
          id: 'start',
          when: (_context, { channels }) => manyOf(channels).length > 0,
          options: () => [textOption('next-day'), textOption('next-month')],
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  rules: [
    { id: 'nothing-chosen', question: 'channels', isBroken: isNothingChosen },
    { id: 'set-and-single', question: 'channels', isBroken: hasSetAndSingle },
  ],
  decide: (context, { channels, end, start }) => ({
    changes: [
      ...manyOf(end).map((contractId) => ({ action: 'delete', contractId }) as const),
      ...manyOf(channels).map(
        (offeringId) =>
          ({ action: 'add', offeringId, ...(start === undefined ? {} : { characteristics: { start } }) }) as const,
      ),
    ],
    once: [],
    notices: channelNotices(context, manyOf(channels)),
    later: 'told-by-contact',
  }),
});

function presentChannels(context: ProcedureContext): ChoiceOption[] {
  return contractsOfType(context, 'tv-channel').map((contract) => ({
    value: contract.id,
    name: { kind: 'offering', offeringId: contract.offeringId },
    price: { yen: contract.monthlyYen, per: 'month', sample: false },
    details: [],
    disabled: null,
  }));
}

function isNothingChosen(_context: ProcedureContext, { channels, end }: Draft): boolean {
  return manyOf(channels).length === 0 && manyOf(end).length === 0;
}
