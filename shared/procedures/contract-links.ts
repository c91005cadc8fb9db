import { cantHappen } from '../domain/cant-happen.ts';
import { findOffering } from '../domain/catalog.ts';
import type { Contract } from '../domain/contract.ts';
import { numbersToActivate } from './mobile/lines.ts';
import type { ProcedureContext } from './procedure.ts';
import type { ProcedureId } from './registry.ts';

export interface ProcedureLink {
  readonly id: ProcedureId;
  /** Text key of why it can't be done now. */
  readonly unavailable: string | null;
}

/** What can be done about that very contract, each with why not where it is so. */
export function linksOf(
  context: ProcedureContext,
  contract: Contract,
  procedures: readonly ProcedureLink[],
): readonly ProcedureLink[] {
  const own = leadsTo(context, contract);
  return procedures
    .filter(({ id }) => own.includes(id))
    .map(({ id, unavailable }) => ({
      id,
      // Open for another line, it would change that one.
      unavailable: isOfLineInUse(id) && isInPreparation(contract) ? 'unavailable:line-in-preparation' : unavailable,
    }));
}

/** The procedures that change such a contract. */
function leadsTo(context: ProcedureContext, contract: Contract): readonly ProcedureId[] {
  const offering = findOffering(context.catalog, contract.offeringId);
  switch (offering?.type) {
    case 'bundle':
      return ['plan.recommended'];
    case 'internet-course':
      return ['internet.change-course', 'internet.change-other', 'internet.change-ip-type'];
    case 'modem':
      return ['internet.change-course'];
    case 'mobile-plan':
      return ofLine(context, contract);
    case 'tv-course':
      return ['tv.change-course', 'tv.options', 'tv.swap-box'];
    case 'tv-channel':
      return ['tv.options'];
    case 'magazine':
      return ['tv.magazine'];
    case 'home':
      return ['home.add-devices'];
    case 'energy':
      return ['energy.apply'];
    case 'nhk':
      return ['nhk.apply'];
    case 'home-device':
    case 'push':
    case 'video-box':
    case 'club':
    case 'mobile-option':
    case 'mobile-device':
    case 'added-data':
    case 'port-activation':
    case 'campaign':
    case 'security':
    case 'once-fee':
    case 'conditional-discount':
    case 'phone':
    case 'option':
    case 'discount':
    case undefined:
      return [];
    default:
      return cantHappen(offering);
  }
}

function ofLine(context: ProcedureContext, contract: Contract): readonly ProcedureId[] {
  const isToActivate = numbersToActivate(context).some((line) => line.contract.id === contract.id);
  return [
    ...(contract.status === 'active' || isInPreparation(contract) ? LINE_IN_USE : []),
    ...(isToActivate ? (['mobile.activate-mnp'] as const) : []),
  ];
}

const LINE_IN_USE: readonly ProcedureId[] = ['mobile.usage', 'mobile.change-data'];

const isOfLineInUse = (id: ProcedureId): boolean => LINE_IN_USE.includes(id);

const isInPreparation = ({ status }: Contract): boolean => status === 'created' || status === 'pendingActive';
