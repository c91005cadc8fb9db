import { z } from 'zod';
import { offeringsOf } from '../../domain/catalog.ts';
import { contractsKnown } from '../../domain/contract.ts';
import { manyOf } from '../answers.ts';
import {
  AVAILABLE,
  contractOfType,
  hasOffering,
  isOrdered,
  notAvailable,
  offeringCard,
  textOption,
} from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type DisabledReason, type ProcedureContext } from '../procedure.ts';

const ELECTRICITY = 'energy.denki';
const GAS = 'energy.gas';

/** 東急でんき&ガスの仮申込み: staff of the operator call back (manual p.105-106). */
export const energyApply = defineProcedure({
  id: 'energy.apply',
  area: 'energy',
  manual: [105, 106],
  purposes: ['apply'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'told-by-staff',
  application: z.object({
    services: z.string(),
    electricityType: z.enum(['metered-b', 'metered-c', 'ask']).optional(),
    gasType: z.enum(['general', 'ask']).optional(),
  }),
  needs: (_facts, context) => {
    if (serviceCards(context).some((card) => card.disabled === null)) return AVAILABLE;
    return notAvailable(isOrdered(context, ['energy']) ? 'change-pending' : 'has-energy');
  },
  steps: [
    { kind: 'choose', id: 'services', questions: [{ kind: 'many', id: 'services', options: serviceCards }] },
    {
      kind: 'choose',
      id: 'types',
      questions: [
        {
          kind: 'one',
          id: 'electricityType',
          when: (_context, { services }) => manyOf(services).includes(ELECTRICITY),
          options: () => [textOption('metered-b'), textOption('metered-c'), textOption('ask')],
        },
        {
          kind: 'one',
          id: 'gasType',
          when: (_context, { services }) => manyOf(services).includes(GAS),
          options: () => [textOption('general'), textOption('ask')],
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  rules: [
    { id: 'nothing-chosen', question: 'services', isBroken: (_context, { services }) => manyOf(services).length === 0 },
  ],
  decide: (context, { services, electricityType, gasType }) => {
    const isDiscounted =
      manyOf(services).includes(ELECTRICITY) && contractOfType(context, 'internet-course') !== undefined;
    return {
      changes: manyOf(services).map((offeringId) => {
        const contractType = offeringId === ELECTRICITY ? electricityType : gasType;
        return {
          action: 'add',
          offeringId,
          ...(contractType === undefined ? {} : { characteristics: { contractType } }),
        };
      }),
      once: [],
      notices: [
        { id: 'staff-calls-back' },
        ...(isDiscounted ? [{ id: 'electricity-discount-may-come' } as const] : []),
      ],
      later: 'provisional',
    };
  },
});

/** What the customer uses decides the price; the card shows none. */
function serviceCards(context: ProcedureContext): ChoiceOption[] {
  return offeringsOf(context.catalog, 'energy')
    .filter((service) => service.sellable)
    .map((service) => ({
      ...offeringCard(context, service, { disabled: whyNot(service.id) }),
      price: null,
    }));

  function whyNot(offeringId: string): DisabledReason | null {
    if (hasOffering(context, offeringId)) return 'current';
    const isOnItsWay = contractsKnown(context.facts).some(
      (contract) => contract.status === 'created' && contract.offeringId === offeringId,
    );
    return isOnItsWay ? 'change-pending' : null;
  }
}
