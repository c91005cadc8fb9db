import { z } from 'zod';
import { manyOf } from '../answers.ts';
import { AVAILABLE, contractOfType, notAvailable } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { AT_MOST, deviceCards, deviceChanges, lacksWhatItRequires, purchases } from './devices.ts';

/** iTSCOM HOMEのデバイスの追加 (manual p.46-47). */
export const homeAddDevices = defineProcedure({
  id: 'home.add-devices',
  area: 'home',
  manual: [46, 47],
  purposes: ['apply', 'change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'month-after-completion',
  application: z.object({ rented: z.string(), bought: z.string() }),
  needs: (facts, context) =>
    facts.kind === 'unknown' || contractOfType(context, 'home') !== undefined ? AVAILABLE : notAvailable('no-home'),
  steps: [
    {
      kind: 'choose',
      id: 'devices',
      questions: [
        { kind: 'counts', id: 'rented', atMost: AT_MOST, options: (context) => deviceCards(context, 'rental') },
        { kind: 'counts', id: 'bought', atMost: AT_MOST, options: (context) => deviceCards(context, 'purchase') },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  rules: [
    {
      id: 'nothing-chosen',
      question: 'bought',
      isBroken: (_context, { rented, bought }) => manyOf(rented).length + manyOf(bought).length === 0,
    },
    {
      id: 'speaker-needs-controller',
      question: 'rented',
      // Whose contracts are unknown may well have one; central knows.
      isBroken: (context, draft) => context.facts.kind === 'known' && lacksWhatItRequires(context, draft),
    },
  ],
  decide: (context, { rented, bought }) => ({
    changes: deviceChanges({ rented, bought }),
    once: purchases(context, bought),
    notices: [],
    later: 'told-by-contact',
  }),
});
