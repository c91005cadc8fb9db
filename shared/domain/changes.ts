import { type Catalog, findOffering, type Offering, offeringById } from './catalog.ts';
import type { Characteristics } from './characteristics.ts';
import { type Contract, currentContracts, type Provision } from './contract.ts';
import { isOwnService } from './own-service.ts';

/** What an application asks for, in TMF622's actions. */
export type Change =
  | {
      readonly action: 'add';
      readonly offeringId: string;
      readonly provision?: Provision;
      readonly characteristics?: Characteristics;
    }
  | {
      readonly action: 'modify';
      readonly contractId: string;
      readonly offeringId: string;
      readonly provision?: Provision;
      readonly characteristics?: Characteristics;
    }
  | { readonly action: 'delete'; readonly contractId: string };

/** A line of the monthly total. `key` is the contract's id, or `new:<offering>` for what is not there yet. */
export interface PricedLine {
  readonly key: string;
  readonly offeringId: string;
  readonly group: Offering['group'];
  readonly monthlyYen: number;
  readonly provision: Provision | null;
  readonly characteristics?: Characteristics | undefined;
}

export function linesOf(contracts: readonly Contract[]): PricedLine[] {
  return currentContracts(contracts).map((contract) => ({
    key: contract.id,
    offeringId: contract.offeringId,
    group: contract.group,
    monthlyYen: contract.monthlyYen,
    provision: contract.provision,
    characteristics: contract.characteristics,
  }));
}

/**
 * The lines after the changes, with every price that follows from them (free modem, discounts that come and go).
 * @param contracts null: unknown; then nothing is said to be the customer's only service
 */
export function applyChanges(
  catalog: Catalog,
  contracts: readonly Contract[] | null,
  changes: readonly Change[],
): PricedLine[] {
  const before = linesOf(contracts ?? []);
  let after = before;
  for (const change of changes) after = applyChange(catalog, after, change);
  const settled = [
    settleModem,
    settleMagazine,
    ...(contracts === null ? [] : [settlePush]),
    settleConditionalDiscounts,
  ];
  return settled.reduce((lines, settle) => settle(catalog, before, lines), after);
}

function applyChange(catalog: Catalog, lines: readonly PricedLine[], change: Change): PricedLine[] {
  switch (change.action) {
    case 'add': {
      const offering = offeringById(catalog, change.offeringId);
      return [...lines, newLine(lines, offering, change)];
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
          characteristics:
            change.characteristics === undefined
              ? line.characteristics
              : { ...line.characteristics, ...change.characteristics },
        };
      });
    case 'delete':
      return lines.filter((line) => line.key !== change.contractId);
  }
}

function newLine(
  lines: readonly PricedLine[],
  offering: Offering,
  { provision = null, characteristics }: { provision?: Provision | null; characteristics?: Characteristics },
): PricedLine {
  const alike = lines.filter((line) => isNew(line) && line.offeringId === offering.id).length;
  const isBought = offering.type === 'home-device' && provision === 'purchase';
  return {
    key: alike === 0 ? `new:${offering.id}` : `new:${offering.id}:${alike + 1}`,
    offeringId: offering.id,
    group: offering.group,
    monthlyYen: isBought ? 0 : offering.monthlyYen,
    provision,
    characteristics,
  };
}

const isNew = (line: PricedLine): boolean => line.key.startsWith('new:');

/** 端末の種類: with Wi-Fi it costs extra except with the courses that include it (p.71). */
function settleModem(catalog: Catalog, before: readonly PricedLine[], after: readonly PricedLine[]): PricedLine[] {
  const coursesBefore = linesOfType(catalog, before, 'internet-course');
  const courses = linesOfType(catalog, after, 'internet-course');
  const changed = courses.find(
    (line) => !isNew(line) && coursesBefore.find((one) => one.key === line.key)?.offeringId !== line.offeringId,
  );
  const present = changed ?? courses[0];
  // Which of several modems belongs to which of several courses nobody knows.
  const isOnly = coursesBefore.length <= 1 && linesOfType(catalog, before, 'modem').length <= 1;
  const courseChanged = isOnly && present?.offeringId !== coursesBefore[0]?.offeringId;
  return after.map((line) => {
    const offering = findOffering(catalog, line.offeringId);
    if (offering?.type !== 'modem') return line;
    // A further course comes with a modem of its own.
    const courseAfter = (isNew(line) ? courses.find(isNew) : undefined) ?? present;
    const modemChanged = before.find((one) => one.key === line.key)?.offeringId !== line.offeringId;
    if (!courseChanged && !modemChanged) return line;
    const course = courseAfter === undefined ? undefined : findOffering(catalog, courseAfter.offeringId);
    // Over other lines the cable modem is not what the course runs on; what it costs then the manual doesn't say.
    if (course?.type === 'internet-course' && !['cable', 'hikari'].includes(course.lineType)) return line;
    const free = offering.wifi && course?.type === 'internet-course' && course.freeWifiModem;
    return { ...line, monthlyYen: free ? 0 : offering.monthlyYen };
  });
}

function linesOfType(catalog: Catalog, lines: readonly PricedLine[], type: Offering['type']): PricedLine[] {
  return lines.filter((line) => findOffering(catalog, line.offeringId)?.type === type);
}

/** 番組案内誌: part of the fee of some courses (p.57). */
function settleMagazine(catalog: Catalog, before: readonly PricedLine[], after: readonly PricedLine[]): PricedLine[] {
  const isIncluded = (lines: readonly PricedLine[]): boolean =>
    lines.some((line) => {
      const offering = findOffering(catalog, line.offeringId);
      return offering?.type === 'tv-course' && offering.includesMagazine;
    });
  const included = isIncluded(after);
  const changed = included !== isIncluded(before);
  return after.map((line) => {
    const offering = findOffering(catalog, line.offeringId);
    if (offering?.type !== 'magazine' || (!changed && !isNew(line))) return line;
    return { ...line, monthlyYen: included ? 0 : offering.monthlyYen };
  });
}

/** テレビ・プッシュ: the first unit costs less where it is the only service (p.48). */
function settlePush(catalog: Catalog, before: readonly PricedLine[], after: readonly PricedLine[]): PricedLine[] {
  const isAlone = (lines: readonly PricedLine[]): boolean => lines.every((line) => !isOtherService(catalog, line));
  const alone = isAlone(after);
  const first = after.find((line) => findOffering(catalog, line.offeringId)?.type === 'push');
  return after.map((line) => {
    const offering = findOffering(catalog, line.offeringId);
    if (offering?.type !== 'push' || (!isNew(line) && alone === isAlone(before))) return line;
    return { ...line, monthlyYen: alone && line === first ? offering.aloneYen : offering.monthlyYen };
  });
}

function isOtherService(catalog: Catalog, line: PricedLine): boolean {
  return isOwnService(catalog, line) && findOffering(catalog, line.offeringId)?.type !== 'push';
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
    else if (!isThere) lines = [...lines, newLine(lines, discount, {})];
  }
  return lines;
}
