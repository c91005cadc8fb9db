import { z } from 'zod';
import { manyOf, waysOf } from '../answers.ts';
import { AVAILABLE, contractOfType, contractsOfType, notAvailable } from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { channelCards, channelNotices, hasSetAndSingle } from './courses.ts';

/** 翌日開始, 翌月開始 (p.62) */
const STARTS = ['next-day', 'next-month'] as const;

/** テレビオプション: channels that each begin the next day or the next month, and channels that end (manual p.62-63). */
export const tvOptions = defineProcedure({
  id: 'tv.options',
  area: 'tv',
  manual: [62, 63],
  purposes: ['apply', 'change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'viewing-start-month',
  repeats: true,
  application: z.object({
    channels: z.string(),
    end: z.string().optional(),
    start: z.string().optional(),
  }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return AVAILABLE;
    return contractOfType(context, 'tv-course') === undefined ? notAvailable('no-tv-contract') : AVAILABLE;
  },
  steps: [
    {
      kind: 'choose',
      id: 'channels',
      questions: [
        {
          kind: 'many',
          id: 'end',
          namesContracts: true,
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
          kind: 'each',
          id: 'start',
          ways: STARTS,
          when: (_context, { channels }) => manyOf(channels).length > 0,
          options: (context, draft) => {
            const chosen = manyOf(draft['channels']);
            return channelCards(context, draft).filter(({ value }) => chosen.includes(value));
          },
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  rules: [
    { id: 'nothing-chosen', question: 'channels', isBroken: isNothingChosen },
    { id: 'set-and-single', question: 'channels', isBroken: hasSetAndSingle },
  ],
  decide: (context, { channels, end, start }) => {
    const ways = waysOf(start);
    return {
      changes: [
        ...manyOf(end).map((contractId) => ({ action: 'delete', contractId }) as const),
        ...manyOf(channels).map((offeringId) => {
          const way = STARTS.find((one) => one === ways.get(offeringId));
          if (way === undefined) throw new Error(`tv.options decided without the start of ${offeringId}`);
          return { action: 'add', offeringId, characteristics: { start: way } } as const;
        }),
      ],
      once: [],
      notices: channelNotices(context, manyOf(channels)),
      later: 'told-by-contact',
      // The manual doesn't say until when an ended channel is charged.
      ...(manyOf(channels).length === 0 ? { feeStart: 'told-by-staff' } : {}),
    };
  },
});

function presentChannels(context: ProcedureContext): ChoiceOption[] {
  return contractsOfType(context, 'tv-channel').map((contract) => ({
    value: contract.id,
    name: { kind: 'offering', offeringId: contract.offeringId },
    price: { yen: contract.monthlyYen, per: 'month', sample: false },
    details: [],
    disabled: contract.changePending ? 'change-pending' : null,
  }));
}

function isNothingChosen(_context: ProcedureContext, { channels, end }: Draft): boolean {
  return manyOf(channels).length === 0 && manyOf(end).length === 0;
}
