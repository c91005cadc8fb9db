import { type Offering, offeringById } from '../domain/catalog.ts';
import type { Contract } from '../domain/contract.ts';
import type { Notice } from '../domain/notices.ts';
import { AVAILABLE, contractsOfType, isOrdered, notAvailable, offeringCard } from './contracts-at-hand.ts';
import type { Availability, ProcedureContext, Question, UnavailableReason } from './procedure.ts';

interface Answered {
  readonly contract?: string | undefined;
}

/** Whether the customer has such a contract that can be changed now. */
export function hasOneToChange(
  context: ProcedureContext,
  type: Offering['type'],
  ifNone: UnavailableReason,
): Availability {
  const contracts = contractsOfType(context, type);
  if (contracts.length === 0) return notAvailable(isOrdered(context, [type]) ? 'change-pending' : ifNone);
  return contracts.some(({ changePending }) => !changePending) ? AVAILABLE : notAvailable('change-pending');
}

/** どのご契約か, of who has several: a second TV, a further line (p.37, 51, 70). */
export function whichContract(type: Offering['type']): Question {
  return {
    kind: 'one',
    id: 'contract',
    namesContracts: true,
    // One that was chosen among several stays what was chosen, also when it is the last one left, or is gone.
    when: (context, draft) => isOneOfSeveral(context, type) || draft['contract'] !== undefined,
    options: (context) =>
      contractsOfType(context, type).map((contract, index) => ({
        ...offeringCard(context, offeringById(context.catalog, contract.offeringId), {
          details: [
            { id: 'nth', nth: index + 1 },
            ...(contract.startedOn === null ? [] : [{ id: 'since', date: contract.startedOn } as const]),
          ],
        }),
        value: contract.id,
        price: { yen: contract.monthlyYen, per: 'month', sample: false },
        disabled: contract.changePending ? 'change-pending' : null,
      })),
  };
}

/** The contract that is to be changed: the only one, or the one that was chosen. */
export function contractMeant(
  context: ProcedureContext,
  type: Offering['type'],
  { contract: chosenId }: Answered,
): Contract | undefined {
  const contracts = contractsOfType(context, type);
  return chosenId === undefined && contracts.length === 1 ? contracts[0] : contracts.find(({ id }) => id === chosenId);
}

/** What is to become of the contract can be asked once it is known which. */
export function isMeant(context: ProcedureContext, type: Offering['type'], draft: Answered): boolean {
  return context.facts.kind === 'unknown' || contractMeant(context, type, draft) !== undefined;
}

/** By which the customer, and whoever reads the slip, knows it again. */
export function meantNotices(context: ProcedureContext, type: Offering['type'], { startedOn }: Contract): Notice[] {
  return isOneOfSeveral(context, type) && startedOn !== null ? [{ id: 'contract-meant', date: startedOn }] : [];
}

function isOneOfSeveral(context: ProcedureContext, type: Offering['type']): boolean {
  return contractsOfType(context, type).length > 1;
}
