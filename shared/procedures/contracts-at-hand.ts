import { partOfBundle } from '../domain/bundle-part.ts';
import {
  type Catalog,
  findOffering,
  isInBundle,
  type Offering,
  offeringById,
  type OfferingOf,
} from '../domain/catalog.ts';
import { type Contract, contractsKnown, currentContracts } from '../domain/contract.ts';
import type { LaterReason } from '../domain/quote.ts';
import { isFreeToLeave } from '../domain/term.ts';
import type { Notice } from '../domain/notices.ts';
import type { Availability, ChoiceOption, DisabledReason, ProcedureContext, UnavailableReason } from './procedure.ts';

/** The customer's contracts of that type; none where the contracts are unknown. */
export function contractsOfType({ catalog, facts }: ProcedureContext, type: Offering['type']): Contract[] {
  return currentContracts(contractsKnown(facts)).filter(
    (contract) => findOffering(catalog, contract.offeringId)?.type === type,
  );
}

export function contractOfType(context: ProcedureContext, type: Offering['type']): Contract | undefined {
  return contractsOfType(context, type)[0];
}

export function hasOffering({ facts }: ProcedureContext, offeringId: string): boolean {
  return currentContracts(contractsKnown(facts)).some((contract) => contract.offeringId === offeringId);
}

/** An order for such a product is on its way. */
export function isOrdered({ catalog, facts }: ProcedureContext, types: readonly Offering['type'][]): boolean {
  return contractsKnown(facts).some((contract) => {
    const type = findOffering(catalog, contract.offeringId)?.type;
    return contract.status === 'created' && type !== undefined && types.includes(type);
  });
}

/** The offering of a validated answer. */
export function chosen<T extends Offering['type']>(catalog: Catalog, id: string, type: T): OfferingOf<T> {
  const offering = offeringById(catalog, id);
  if (!isOfType(offering, type)) throw new Error(`${id} is offered as a ${type} but is none`);
  return offering;
}

function isOfType<T extends Offering['type']>(offering: Offering, type: T): offering is OfferingOf<T> {
  return offering.type === type;
}

export const AVAILABLE: Availability = { available: true };
export const notAvailable = (reason: UnavailableReason): Availability => ({ available: false, reason });

/** Can't be had where the customer lives; what nobody could look up is offered, and staff find out. */
export function isElsewhereOnly({ facts }: ProcedureContext, offeringId: string): boolean {
  return facts.kind === 'known' && (facts.notAtAddress ?? []).includes(offeringId);
}

/** Whether what a procedure sells is still sold, and to be had where the customer lives. */
export function isSoldTo(context: ProcedureContext, offeringId: string): Availability {
  if (!offeringById(context.catalog, offeringId).sellable) return notAvailable('no-longer-sold');
  return isElsewhereOnly(context, offeringId) ? notAvailable('nothing-at-address') : AVAILABLE;
}

/** An offering as a card with its monthly price. */
export function offeringCard(
  context: ProcedureContext,
  offering: Offering,
  more: { details?: ChoiceOption['details']; disabled?: DisabledReason | null; priceYen?: number } = {},
): ChoiceOption {
  return {
    value: offering.id,
    name: { kind: 'offering', offeringId: offering.id },
    price: { yen: more.priceYen ?? offering.monthlyYen, per: 'month', sample: offering.sample },
    details: more.details ?? [],
    disabled: more.disabled ?? (isElsewhereOnly(context, offering.id) ? 'not-at-address' : null),
  };
}

/** An option that is named by the procedure's own texts. */
export function textOption(value: string, more: Partial<Pick<ChoiceOption, 'price' | 'disabled'>> = {}): ChoiceOption {
  return { value, name: { kind: 'text' }, price: null, details: [], disabled: null, ...more };
}

/** The customer's bundle, if that contract is a part of it or may be. */
function bundleWith(
  context: ProcedureContext,
  contract: Contract,
): { readonly bundle: Contract; readonly isPart: boolean } | undefined {
  const { catalog, facts } = context;
  for (const bundle of contractsOfType(context, 'bundle')) {
    const offering = chosen(catalog, bundle.offeringId, 'bundle');
    const part = partOfBundle(catalog, offering, contract, currentContracts(contractsKnown(facts)));
    if (part !== 'none') return { bundle, isPart: part === 'part' };
  }
  return undefined;
}

/** The customer has a bundle that such a product is a part of. */
export function hasBundleWith(context: ProcedureContext, type: Offering['type']): boolean {
  return contractsOfType(context, 'bundle').some(({ offeringId }) =>
    isInBundle(context.catalog, chosen(context.catalog, offeringId, 'bundle'), type),
  );
}

/** Inside a bundle a changed part recomposes it; what it costs then is told later (p.55, 76). */
export function bundleNotices(context: ProcedureContext, changed: Contract): Notice[] {
  const found = bundleWith(context, changed);
  if (found?.isPart !== true) return [];
  const { bundle } = found;
  const inTerm = bundle.term !== null && !isFreeToLeave(bundle.term, context.today, 0);
  return [{ id: 'bundle-recomposed' }, ...(inTerm ? [{ id: 'bundle-penalty' } as const] : [])];
}

export function purchaseNotices(context: ProcedureContext, isBought: boolean): Notice[] {
  return isBought && contractOfType(context, 'bundle') !== undefined ? [{ id: 'purchase-excludes-bundle' }] : [];
}

/** The bundle's TV courses that its discount doesn't hold with (p.53). */
export function tvExclusionNotices(context: ProcedureContext, tvCourse: string): Notice[] {
  const bundle = contractOfType(context, 'bundle');
  const offering = bundle === undefined ? undefined : findOffering(context.catalog, bundle.offeringId);
  const excludes = offering?.type === 'bundle' && (offering.excludedTv ?? []).includes(tvCourse);
  return excludes ? [{ id: 'bundle-excludes-tv' }] : [];
}

/** A total where the manual prints one: outside a bundle. */
export function laterInBundle(context: ProcedureContext, changed: Contract): LaterReason | null {
  const found = bundleWith(context, changed);
  if (found === undefined) return null;
  return found.isPart ? 'bundle-recomposed' : 'told-by-contact';
}
