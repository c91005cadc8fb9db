import { type Catalog, findOffering, type Offering, offeringById } from './catalog.ts';
import { type Contract, currentContracts, type Provision } from './contract.ts';

/** What an application asks for, in TMF622's actions. */
export type Change =
  | { readonly action: 'add'; readonly offeringId: string; readonly provision?: Provision }
  | {
      readonly action: 'modify';
      readonly contractId: string;
      readonly offeringId: string;
      readonly provision?: Provision;
    }
  | { readonly action: 'delete'; readonly contractId: string };

/** A line of the monthly total. `key` is the contract's id, or `new:<offering>` for what is not there yet. */
export interface PricedLine {
  readonly key: string;
  readonly offeringId: string;
  readonly group: Offering['group'];
  readonly monthlyYen: number;
  readonly provision: Provision | null;
}

export function linesOf(contracts: readonly Contract[]): PricedLine[] {
  return currentContracts(contracts).map((contract) => ({
    key: contract.id,
    offeringId: contract.offeringId,
    group: contract.group,
    monthlyYen: contract.monthlyYen,
    provision: contract.provision,
  }));
}

/** The lines after the changes, with every price that follows from them (free modem, discounts that come and go). */
export function applyChanges(
  catalog: Catalog,
  contracts: readonly Contract[],
  changes: readonly Change[],
): PricedLine[] {
  const before = linesOf(contracts);
  let after = before;
  for (const change of changes) after = applyChange(catalog, after, change);
  return settleConditionalDiscounts(catalog, before, settleModem(catalog, before, after));
}

function applyChange(catalog: Catalog, lines: readonly PricedLine[], change: Change): PricedLine[] {
  switch (change.action) {
    case 'add': {
      const offering = offeringById(catalog, change.offeringId);
      return [...lines, newLine(offering, change.provision ?? null)];
    }
    case 'modify':
      return lines.map((line) => {
        if (line.key !== change.contractId) return line;
        const offering = offeringById(catalog, change.offeringId);
        const sameOffering = offering.id === line.offeringId;
        return {
          key: line.key,
          offeringId: offering.id,
          group: offering.group,
          monthlyYen: sameOffering ? line.monthlyYen : offering.monthlyYen,
          provision: change.provision ?? line.provision,
        };
      });
    case 'delete':
      return lines.filter((line) => line.key !== change.contractId);
  }
}

function newLine(offering: Offering, provision: Provision | null): PricedLine {
  return {
    key: `new:${offering.id}`,
    offeringId: offering.id,
    group: offering.group,
    monthlyYen: offering.monthlyYen,
    provision,
  };
}

/** 端末の種類: with Wi-Fi it costs extra except with the courses that include it (p.71). */
function settleModem(catalog: Catalog, before: readonly PricedLine[], after: readonly PricedLine[]): PricedLine[] {
  const courseAfter = courseLine(catalog, after);
  const courseChanged = courseAfter?.offeringId !== courseLine(catalog, before)?.offeringId;
  return after.map((line) => {
    const offering = findOffering(catalog, line.offeringId);
    if (offering?.type !== 'modem') return line;
    const modemChanged = before.find((one) => one.key === line.key)?.offeringId !== line.offeringId;
    if (!courseChanged && !modemChanged) return line;
    const course = courseAfter === undefined ? undefined : findOffering(catalog, courseAfter.offeringId);
    const free = offering.wifi && course?.type === 'internet-course' && course.freeWifiModem;
    return { ...line, monthlyYen: free ? 0 : offering.monthlyYen };
  });
}

function courseLine(catalog: Catalog, lines: readonly PricedLine[]): PricedLine | undefined {
  return lines.find((line) => findOffering(catalog, line.offeringId)?.type === 'internet-course');
}

function settleConditionalDiscounts(
  catalog: Catalog,
  before: readonly PricedLine[],
  after: readonly PricedLine[],
): PricedLine[] {
  let lines = [...after];
  for (const discount of catalog.offerings) {
    if (discount.type !== 'conditional-discount') continue;
    const holds = (candidates: readonly PricedLine[]): boolean =>
      candidates.some((line) => line.offeringId === discount.whileContracted) &&
      candidates.some((line) => findOffering(catalog, line.offeringId)?.type === discount.withType);
    if (holds(before) === holds(lines)) continue;
    const isThere = lines.some((line) => line.offeringId === discount.id);
    if (!holds(lines)) lines = lines.filter((line) => line.offeringId !== discount.id);
    else if (!isThere) lines = [...lines, newLine(discount, null)];
  }
  return lines;
}
