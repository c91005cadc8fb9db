import { z } from 'zod';
import { bundleCardYen, type Catalog, offeringById, type OfferingOf, offeringsOf } from '../../domain/catalog.ts';
import type { Change } from '../../domain/changes.ts';
import { type Contract, type CustomerFacts, currentContracts } from '../../domain/contract.ts';
import { isFreeToLeave } from '../../domain/term.ts';
import {
  AVAILABLE,
  contractOfType,
  contractsOfType,
  isElsewhereOnly,
  isOrdered,
  notAvailable,
} from '../contracts-at-hand.ts';
import { leavingCourse } from '../internet/course-change.ts';
import { type ChoiceOption, defineProcedure, type ProcedureContext } from '../procedure.ts';

/** What a plan is made of. */
const PARTS = ['bundle', 'tv-course', 'internet-course', 'phone'] as const;

/** おすすめプラン: recommended bundles for this customer's contracts (manual p.39-41). */
export const planRecommended = defineProcedure({
  id: 'plan.recommended',
  area: 'plan',
  manual: [39, 41],
  purposes: ['apply', 'change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['price-list'],
  feeStart: 'month-after-completion',
  application: z.object({ plan: z.string() }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return AVAILABLE;
    const isChanging = PARTS.some((type) => contractOfType(context, type)?.changePending);
    if (isChanging || isOrdered(context, PARTS)) return notAvailable('change-pending');
    // Which of them the plan is to take the place of, staff find out.
    if (PARTS.some((type) => contractsOfType(context, type).length > 1)) return notAvailable('several-contracts');
    const cards = planCards(context);
    if (cards.length === 0) return notAvailable('no-recommended-plan');
    return cards.some((card) => card.disabled === null) ? AVAILABLE : notAvailable('nothing-at-address');
  },
  steps: [
    {
      kind: 'choose',
      id: 'plan',
      questions: [
        {
          kind: 'one',
          id: 'plan',
          options: planCards,
        },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  decide: (context, { plan }) => {
    const { catalog, facts, today } = context;
    const bundle = offeringById(catalog, plan);
    if (bundle.type !== 'bundle') throw new Error(`${plan} is offered as a plan but is no bundle`);
    if (facts.kind === 'unknown') {
      const changes = [plan, ...bundle.components].map((offeringId) => ({ action: 'add', offeringId }) as const);
      return { changes, once: [], notices: [], later: null };
    }
    const present = bundleOf(catalog, facts.contracts);
    const left = leftCourse(context, bundle);
    const inTerm = present?.term != null && !isFreeToLeave(present.term, today, 0);
    return {
      changes: [
        bundleChange(present, plan),
        ...bundle.components.map((id) => componentChange(catalog, facts.contracts, id)),
      ],
      once: left.once,
      notices: [
        ...(present === undefined ? [] : [{ id: 'bundle-recomposed' } as const]),
        ...(inTerm ? [{ id: 'bundle-penalty' } as const] : []),
        ...left.notices,
      ],
      later: null,
    };
  },
});

/** A plan of which a part can't be had at the address is shown and can't be chosen. */
function planCards(context: ProcedureContext): ChoiceOption[] {
  return recommendedBundles(context.catalog, context.facts).map((bundle) => ({
    value: bundle.id,
    name: { kind: 'offering', offeringId: bundle.id },
    price: { yen: bundleCardYen(context.catalog, bundle), per: 'month', sample: bundle.sample },
    details: [{ id: 'contains', offeringIds: bundle.components }],
    disabled: bundle.components.some((id) => isElsewhereOnly(context, id)) ? 'not-at-address' : null,
  }));
}

/** The internet course that the plan's own takes the place of. */
function leftCourse(
  context: ProcedureContext,
  bundle: OfferingOf<'bundle'>,
): Pick<ReturnType<typeof leavingCourse>, 'once' | 'notices'> {
  const present = contractOfType(context, 'internet-course');
  const course = bundle.components
    .map((id) => offeringById(context.catalog, id))
    .find((offering) => offering.type === 'internet-course');
  const isLeft = present !== undefined && course !== undefined && course.id !== present.offeringId;
  return isLeft ? leavingCourse(context, present, course) : { once: [], notices: [] };
}

function recommendedBundles(catalog: Catalog, facts: CustomerFacts): OfferingOf<'bundle'>[] {
  return offeringsOf(catalog, 'bundle').filter((bundle) => {
    if (!bundle.sellable || bundle.recommendedFor === undefined) return false;
    if (facts.kind === 'unknown') return true;
    const { groups, dwelling } = bundle.recommendedFor;
    const contracts = currentContracts(facts.contracts);
    return (
      facts.customer.dwelling === dwelling &&
      groups.every((group) => contracts.some((contract) => contract.group === group)) &&
      !contracts.some((contract) => contract.offeringId === bundle.id)
    );
  });
}

function bundleOf(catalog: Catalog, contracts: readonly Contract[]): Contract | undefined {
  const bundleIds = new Set(offeringsOf(catalog, 'bundle').map((bundle) => bundle.id));
  return currentContracts(contracts).find((contract) => bundleIds.has(contract.offeringId));
}

function bundleChange(present: Contract | undefined, offeringId: string): Change {
  return present === undefined
    ? { action: 'add', offeringId }
    : { action: 'modify', contractId: present.id, offeringId };
}

/** A part of the bundle takes the place of the customer's contract of the same type, e.g. the TV course. */
function componentChange(catalog: Catalog, contracts: readonly Contract[], offeringId: string): Change {
  const component = offeringById(catalog, offeringId);
  const present = currentContracts(contracts).find(
    (contract) => catalog.offerings.find((one) => one.id === contract.offeringId)?.type === component.type,
  );
  return bundleChange(present, offeringId);
}
