import type { BusinessDate } from '../../domain/business-time.ts';
import { findOffering, type OfferingOf } from '../../domain/catalog.ts';
import type { Contract } from '../../domain/contract.ts';
import { isSwitchedOver } from '../../domain/mobile/activation-time.ts';
import { chosen, contractsOfType } from '../contracts-at-hand.ts';
import type { ChoiceDetail, ProcedureContext } from '../procedure.ts';

const CALL_OPTIONS = ['mobile.call-10', 'mobile.call-120'];
const JUMP_OFFER = 'mobile.jump-offer';

/** A mobile line that is in use. */
export interface Line {
  readonly contract: Contract;
  readonly plan: OfferingOf<'mobile-plan'>;
}

export function linesInUse(context: ProcedureContext): Line[] {
  return contractsOfType(context, 'mobile-plan')
    .filter(({ status }) => status === 'active')
    .map((contract) => ({ contract, plan: chosen(context.catalog, contract.offeringId, 'mobile-plan') }));
}

/** The plan whose volume the line has until another one holds; null: its own holds. */
export function volumeUntilChange(
  { catalog, today }: ProcedureContext,
  { characteristics }: Contract,
): { readonly plan: OfferingOf<'mobile-plan'>; readonly changesOn: BusinessDate } | null {
  const { volumeChangesOn: changesOn, volumeBefore } = characteristics ?? {};
  if (changesOn === undefined || volumeBefore === undefined || changesOn <= today) return null;
  const plan = findOffering(catalog, volumeBefore);
  return plan?.type === 'mobile-plan' ? { plan, changesOn } : null;
}

/** A number that was brought along and isn't switched over yet. */
export interface WaitingNumber extends Line {
  readonly lineNumber: string;
}

/** 音声SIM only: a data line brings no number (p.96). One that is switched over by itself needs no asking (p.95). */
export function numbersToActivate(context: ProcedureContext): WaitingNumber[] {
  return contractsOfType(context, 'mobile-plan').flatMap((contract): WaitingNumber[] => {
    const plan = chosen(context.catalog, contract.offeringId, 'mobile-plan');
    const lineNumber = contract.characteristics?.lineNumber;
    const expiresOn = contract.characteristics?.portExpiresOn;
    const isWaiting =
      contract.status === 'pendingActive' &&
      plan.service === 'voice' &&
      !(expiresOn !== undefined && isSwitchedOver(expiresOn, context.today));
    return isWaiting && lineNumber !== undefined ? [{ contract, plan, lineNumber }] : [];
  });
}

/** Who has one such number isn't asked for which; one that was chosen among several stays what was chosen. */
export function waitingNumberOf(
  context: ProcedureContext,
  chosenLine: string | undefined,
  number: string | undefined,
): WaitingNumber | undefined {
  const lines = numbersToActivate(context);
  if (number !== undefined) return lines.find(({ lineNumber }) => lineNumber === number);
  return chosenLine === undefined && lines.length === 1
    ? lines[0]
    : lines.find(({ contract }) => contract.id === chosenLine);
}

export const hasCallOption = (context: ProcedureContext, line: Line): boolean =>
  partsOf(context, line).some(({ offeringId }) => CALL_OPTIONS.includes(offeringId));

/** データ容量ジャンプ特典 */
export const hasJumpOffer = (context: ProcedureContext, line: Line): boolean =>
  partsOf(context, line).some(({ offeringId }) => offeringId === JUMP_OFFER);

/** What goes with the line. A part of which nobody knows the line may be any line's. */
function partsOf(context: ProcedureContext, { contract }: Line): Contract[] {
  const own = contract.characteristics?.line;
  return contractsOfType(context, 'mobile-option').filter(({ characteristics }) => {
    const line = characteristics?.line;
    return line === undefined || own === undefined || line === own;
  });
}

/** By which the customer knows the line again. */
export function lineDetails({ contract }: Line): ChoiceDetail[] {
  const { lineNumber, iccid } = contract.characteristics ?? {};
  return [
    ...(lineNumber === undefined ? [] : [{ id: 'line-number', value: lineNumber } as const]),
    ...(iccid === undefined ? [] : [{ id: 'iccid', value: iccid } as const]),
  ];
}
