import { findOffering, type OfferingOf } from '../../domain/catalog.ts';
import type { Change } from '../../domain/changes.ts';
import type { Contract, Provision } from '../../domain/contract.ts';
import { contractOfType, contractsOfType, textOption } from '../contracts-at-hand.ts';
import type { ChoiceOption, DisabledReason, Draft, ProcedureContext } from '../procedure.ts';
import { contractMeant } from '../which-contract.ts';
import { findModem, modemCards, provisionOptions } from './modem.ts';

/** 機器の種類 (p.77) */
export function modemChoices(context: ProcedureContext, draft: Draft): ChoiceOption[] {
  const cards = modemCards(context, draft);
  return [
    unchangedOption(context, draft),
    ...(isModemUnsure(context, draft) ? cards.map((card) => ({ ...card, disabled: 'ask-staff' as const })) : cards),
  ];
}

/** ご提供方法. Only a modem that is rented to the customer can be swapped as it is. */
export function provisionChoices(context: ProcedureContext, draft: Draft): ChoiceOption[] {
  const { modem = 'unchanged' } = draft;
  const present = contractOfType(context, 'modem');
  const isOther = modem !== 'unchanged' && modem !== present?.offeringId;
  const isUnsaid = isOther && (present === undefined || present.provision === 'purchase');
  const given = provisionOptions(modemAfter(context, modem), present?.provision === 'purchase' && !isOther);
  const obstacle = obstacleTo(present === undefined && modem === 'unchanged');
  return [
    unchangedOption(context, draft, isUnsaid ? 'provision-needed' : null),
    ...given.map((option) => (obstacle === null ? option : { ...option, disabled: obstacle })),
  ];

  function obstacleTo(hasNone: boolean): DisabledReason | null {
    if (isModemUnsure(context, draft)) return 'ask-staff';
    return hasNone ? 'modem-first' : null;
  }
}

export function modemChange(context: ProcedureContext, modem: string, provision: Provision | 'unchanged'): Change[] {
  if (modem === 'unchanged' && provision === 'unchanged') return [];
  const present = contractOfType(context, 'modem');
  const given = provision === 'unchanged' ? {} : { provision };
  if (present === undefined) return modem === 'unchanged' ? [] : [{ action: 'add', offeringId: modem, ...given }];
  const offeringId = modem === 'unchanged' ? present.offeringId : modem;
  return [{ action: 'modify', contractId: present.id, offeringId, ...given }];
}

/** The answers leave the modem what it is. */
export function changesNoModem(context: ProcedureContext, { modem = 'unchanged', provision }: Draft): boolean {
  const present = contractOfType(context, 'modem');
  const isKept = modem === 'unchanged' || modem === present?.offeringId;
  return isKept && (provision === 'unchanged' || provision === present?.provision);
}

/** The fee of a modem with Wi-Fi goes by the course (p.71), and which modem goes with the course isn't known. */
export function staysUnsure(
  context: ProcedureContext,
  present: Contract,
  course: OfferingOf<'internet-course'>,
): boolean {
  const before = findOffering(context.catalog, present.offeringId);
  const isFree = before?.type === 'internet-course' && before.freeWifiModem;
  const hasWifi = contractsOfType(context, 'modem').some(
    ({ offeringId }) => findModem(context.catalog, offeringId)?.wifi,
  );
  return (
    isModemUnsure(context, { contract: present.id, course: course.id }) && hasWifi && isFree !== course.freeWifiModem
  );
}

export function modemAfter(context: ProcedureContext, modem: string): OfferingOf<'modem'> | undefined {
  return findModem(context.catalog, modem === 'unchanged' ? contractOfType(context, 'modem')?.offeringId : modem);
}

/**
 * Of several lines or modems nobody knows which belong together. A first modem goes with the line whose course is
 * changed in the same order; where none is, an order can't say which line it is for.
 */
function isModemUnsure(context: ProcedureContext, draft: Draft): boolean {
  const modems = contractsOfType(context, 'modem').length;
  const lines = contractsOfType(context, 'internet-course').length;
  return modems > 1 || (lines > 1 && (modems === 1 || keepsCourse(context, draft)));
}

const keepsCourse = (context: ProcedureContext, draft: Draft): boolean =>
  contractMeant(context, 'internet-course', draft)?.offeringId === draft['course'];

/** 変更無し, but not for who comes from another kind of line and has no cable modem yet. */
function unchangedOption(
  context: ProcedureContext,
  draft: Draft,
  disabled: DisabledReason | null = null,
): ChoiceOption {
  const { catalog, facts } = context;
  const present = findOffering(catalog, contractMeant(context, 'internet-course', draft)?.offeringId ?? '');
  const isOnCable = present?.type === 'internet-course' && present.lineType === 'cable';
  const lacksModem = facts.kind === 'known' && !isOnCable && contractOfType(context, 'modem') === undefined;
  return textOption('unchanged', { disabled: lacksModem ? 'modem-needed' : disabled });
}
