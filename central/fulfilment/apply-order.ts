import { v7 as uuidv7 } from 'uuid';
import type { OrderItem } from '../../shared/central-api/product-order.ts';
import { type BusinessDate, businessDate, firstOfNextMonth, MIDNIGHT } from '../../shared/domain/business-time.ts';
import { partOfBundle } from '../../shared/domain/bundle-part.ts';
import { type Catalog, findOffering, type Offering } from '../../shared/domain/catalog.ts';
import { type Characteristics, characteristicsFrom } from '../../shared/domain/characteristics.ts';
import { type Provision, provisionSchema } from '../../shared/domain/contract.ts';
import { effectiveDates, startTime } from '../../shared/domain/effective-dates.ts';
import { isSwitchedOver } from '../../shared/domain/mobile/activation-time.ts';
import { volumeChangesOn } from '../../shared/domain/mobile/volume-change-date.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { decisiveTime } from '../product-ordering/check-application.ts';
import { type ItemOutcome, orderContent, type OrderRow } from '../product-ordering/order-store.ts';
import { lockCustomer } from '../store/customers.ts';
import { type ProductRow, productsOf, saveProduct, type StoredContract } from '../store/products.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import { addData } from '../usage-consumption/usage-reports.ts';

const SWAP_BOX = 'tv.swap-box';
/** In a gigabyte, as the manual counts (p.102). */
const MEGABYTES = 1_000;

/**
 * Makes an order's items the customer's contracts, from the dates that the manual gives; a bundle or 2-year course that
 * is new or recomposed starts its term with the month after completion (manual p.55, 77). `conflict`: an item names a product that
 * the customer hasn't, or an offering that the catalog hasn't; nothing is written then.
 * @param failed ids of the items that could not be carried out
 * @param today business date of the completion
 */
export async function applyOrder(
  transaction: DatabaseTransaction,
  catalog: Catalog,
  order: OrderRow,
  failed: ReadonlySet<string>,
  today: BusinessDate,
): Promise<Result<ItemOutcome[], 'conflict'>> {
  const customer = await lockCustomer(transaction, order.customer_number);
  const content = orderContent(order);
  // An operator's order for nobody that central knows changes nobody's contracts.
  if (customer === null) return ok(content.productOrderItem.map((item) => withoutContract(item, failed)));
  const present = await productsOf(transaction, customer.number);
  const changed: ProductRow[] = [];
  const outcome: ItemOutcome[] = [];
  const added: { productId: string; megabytes: number }[] = [];
  /** Courses become others, which recomposes the bundles that they are a part of (p.55, 76). */
  const changedCourses = content.productOrderItem.flatMap((item) => {
    const before = present.find(({ id }) => id === item.product?.id)?.contract;
    const type = findOffering(catalog, item.productOffering?.id ?? '')?.type;
    if (type !== 'tv-course' && type !== 'internet-course') return [];
    const isChanged = before !== undefined && before.offeringId !== item.productOffering?.id;
    return isChanged && !failed.has(item.id) ? [before] : [];
  });
  const cameAt = order.order_date.getTime();
  const appliedOn = businessDate(
    content.application === undefined ? cameAt : decisiveTime(content.application, cameAt),
  );
  for (const item of content.productOrderItem) {
    if (failed.has(item.id)) {
      outcome.push(withoutContract(item, failed));
      continue;
    }
    const offering = findOffering(catalog, item.productOffering?.id ?? '');
    if (item.action === 'add' && offering?.type === 'added-data') {
      const line = lineOf(present, item);
      if (line === undefined) return err('conflict');
      added.push({ productId: line.id, megabytes: offering.gigabytes * MEGABYTES });
      outcome.push({ ...withoutContract(item, failed), startsOn: today });
      continue;
    }
    const reference = { productOrderId: order.id, orderItemId: item.id };
    if (item.action === 'add' && offering?.type === 'port-activation') {
      const line = lineOf(present, item);
      if (line === undefined) return err('conflict');
      const contract = activated(line.contract, item, today);
      changed.push({ ...line, contract, order_items: [...line.order_items, reference] });
      outcome.push(outcomeOf(item, contract, { startsOn: contract.startedOn, startsAt: MIDNIGHT }, today));
      continue;
    }
    const product = changeProduct(catalog, present, item, { appliedOn, today });
    if (product === 'conflict') return err('conflict');
    if (product === 'none') {
      outcome.push(withoutContract(item, failed));
      continue;
    }
    outcome.push(outcomeOf(item, product.contract, product.start, today));
    changed.push({
      id: product.contract.id,
      customer_number: customer.number,
      contract: product.contract,
      order_items: [...product.earlier, reference],
    });
  }
  // Another box alone leaves the bundle as it is (p.60).
  if (content.application?.quoteKind === 'later' && content.application.procedureId !== SWAP_BOX) {
    changed.push(...restartedBundles(catalog, present, { changed, changedCourses }, today));
  }
  for (const row of changed) await saveProduct(transaction, row);
  for (const { productId, megabytes } of added) {
    await addData(transaction, { productId, customerNumber: customer.number }, megabytes, today);
  }
  return ok(outcome);
}

function withoutContract({ id }: OrderItem, failed: ReadonlySet<string>): ItemOutcome {
  const state = failed.has(id) ? 'failed' : 'completed';
  return { itemId: id, state, productId: null, ...NO_START, feeFrom: null, endsOn: null };
}

/** From when what an item does can be used. */
type Start = Pick<ItemOutcome, 'startsOn' | 'startsAt'>;
const NO_START: Start = { startsOn: null, startsAt: MIDNIGHT };

function outcomeOf(item: OrderItem, contract: StoredContract, start: Start, today: BusinessDate): ItemOutcome {
  const { id: productId, feeFrom } = contract;
  const made = { itemId: item.id, state: 'completed', productId, ...start } as const;
  return item.action === 'delete' ? { ...made, feeFrom: null, endsOn: today } : { ...made, feeFrom, endsOn: null };
}

/** The line that an order names by its number. */
function lineOf(present: readonly ProductRow[], item: OrderItem): ProductRow | undefined {
  const { lineNumber } = settledBy(item);
  return present.find(
    ({ contract }) =>
      lineNumber !== undefined &&
      contract.status !== 'terminated' &&
      contract.characteristics?.lineNumber === lineNumber,
  );
}

/** Its reservation is used up; a number that had run out by itself meanwhile is on already. */
function activated(contract: StoredContract, item: OrderItem, today: BusinessDate): StoredContract {
  if (contract.status !== 'pendingActive') return contract;
  const { portExpiresOn: _, ...settled } = { ...contract.characteristics, ...settledBy(item) };
  return { ...contract, status: 'active', startedOn: today, characteristics: settled };
}

function changeProduct(
  catalog: Catalog,
  present: readonly ProductRow[],
  item: OrderItem,
  { appliedOn, today }: { appliedOn: BusinessDate; today: BusinessDate },
): { contract: StoredContract; earlier: ProductRow['order_items']; start: Start } | 'none' | 'conflict' {
  const row = present.find(({ id, contract }) => id === item.product?.id && contract.status !== 'terminated');
  const offering = findOffering(catalog, item.productOffering?.id ?? row?.contract.offeringId ?? '');
  switch (item.action) {
    case 'noChange':
      return 'none';
    case 'delete':
      if (row === undefined) return 'conflict';
      return {
        contract: { ...row.contract, status: 'terminated', endedOn: today },
        ...{ earlier: row.order_items, start: NO_START },
      };
    case 'add': {
      if (offering === undefined) return 'conflict';
      const contract = newContract(offering, item, today);
      return { contract, earlier: [], start: { startsOn: contract.startedOn, startsAt: startTime(offering) } };
    }
    case 'modify': {
      if (row === undefined || offering === undefined) return 'conflict';
      const contract = modifiedContract(row.contract, offering, item, { appliedOn, today });
      const isOther = offering.id !== row.contract.offeringId;
      return {
        contract,
        earlier: row.order_items,
        start: isOther ? startOfChange(offering, settledBy(item), { appliedOn, today }) : NO_START,
      };
    }
  }
}

function newContract(offering: Offering, item: OrderItem, today: BusinessDate): StoredContract {
  const settled = settledBy(item);
  const { startsOn, feeFrom } = effectiveDates(offering, settled, today);
  const { portExpiresOn, ...ofUse } = settled;
  const isToActivate = portExpiresOn !== undefined && !isSwitchedOver(portExpiresOn, today);
  return {
    id: uuidv7(),
    offeringId: offering.id,
    name: offering.name.ja,
    group: offering.group,
    // Its SIM is on its way; the number works elsewhere until it is switched over.
    status: isToActivate ? 'pendingActive' : 'active',
    monthlyYen: monthlyYen(item) ?? offering.monthlyYen,
    startedOn: isToActivate ? null : startsOn,
    term: termOf(offering, today),
    provision: provisionOf(item),
    // The reservation of a number that is switched over already has been used up.
    ...lasting(isToActivate ? settled : ofUse),
    feeFrom,
  };
}

function modifiedContract(
  contract: StoredContract,
  offering: Offering,
  item: OrderItem,
  { appliedOn, today }: { appliedOn: BusinessDate; today: BusinessDate },
): StoredContract {
  const sameOffering = offering.id === contract.offeringId;
  const settled = settledBy(item);
  return {
    ...contract,
    offeringId: offering.id,
    name: sameOffering ? contract.name : offering.name.ja,
    group: offering.group,
    monthlyYen: monthlyYen(item) ?? (sameOffering ? contract.monthlyYen : offering.monthlyYen),
    term: sameOffering ? contract.term : termOf(offering, today),
    provision: provisionOf(item) ?? contract.provision,
    ...lasting({ ...contract.characteristics, ...settled, ...volumeChange(contract, offering, appliedOn) }),
    feeFrom: changedFeeFrom(offering, settled, today, appliedOn),
  };
}

function volumeChange(before: StoredContract, offering: Offering, appliedOn: BusinessDate): Characteristics {
  return offering.type === 'mobile-plan' && offering.id !== before.offeringId
    ? { volumeChangesOn: volumeChangesOn(appliedOn), volumeBefore: before.offeringId }
    : {};
}

/** The manual gives two: another TV course holds from the next day (p.58), another volume with its fee (p.99). */
function startOfChange(
  offering: Offering,
  settled: Characteristics,
  { appliedOn, today }: { appliedOn: BusinessDate; today: BusinessDate },
): Start {
  const { startsOn, startsAt } = effectiveDates(offering, settled, today);
  if (offering.type === 'tv-course') return { startsOn, startsAt };
  return offering.type === 'mobile-plan' ? { startsOn: volumeChangesOn(appliedOn), startsAt: MIDNIGHT } : NO_START;
}

/** A mobile line's volume changes by the day on which it was asked for; all else by the day of completion. */
function changedFeeFrom(
  offering: Offering,
  settled: Characteristics,
  today: BusinessDate,
  appliedOn: BusinessDate,
): BusinessDate {
  return offering.type === 'mobile-plan'
    ? volumeChangesOn(appliedOn)
    : effectiveDates(offering, settled, today).feeFrom;
}

/** A course changed inside a bundle recomposes it; what its discount becomes is told later and isn't worked out here. */
function restartedBundles(
  catalog: Catalog,
  present: readonly ProductRow[],
  { changed, changedCourses }: { changed: readonly ProductRow[]; changedCourses: readonly StoredContract[] },
  today: BusinessDate,
): ProductRow[] {
  const current = present.map(({ contract }) => contract).filter(({ status }) => status !== 'terminated');
  return present
    .filter(({ id, contract }) => contract.status !== 'terminated' && !changed.some((row) => row.id === id))
    .flatMap((row) => {
      const offering = findOffering(catalog, row.contract.offeringId);
      if (offering?.type !== 'bundle') return [];
      // What isn't known to be its part restarts nothing: who works out what it costs now sees to the term.
      if (!changedCourses.some((course) => partOfBundle(catalog, offering, course, current) === 'part')) return [];
      return [{ ...row, contract: { ...row.contract, term: termOf(offering, today) } }];
    });
}

function termOf(offering: Offering, today: BusinessDate): StoredContract['term'] {
  const startsOn = firstOfNextMonth(today);
  if (offering.type === 'bundle') return { startsOn, months: offering.termMonths };
  if (offering.type === 'internet-course' && offering.commitmentMonths !== undefined) {
    return { startsOn, months: offering.commitmentMonths };
  }
  return null;
}

function monthlyYen(item: OrderItem): number | undefined {
  // What is paid by another period stands beside it.
  return item.itemPrice?.find(
    ({ priceType, recurringChargePeriod }) =>
      priceType === 'recurring' && (recurringChargePeriod ?? 'month') === 'month',
  )?.price.taxIncludedAmount.value;
}

function settledBy(item: OrderItem): Characteristics {
  return characteristicsFrom(item.product?.productCharacteristic ?? []) ?? {};
}

/** When it starts, and what only its beginning needs, belongs to the order; the rest stays with the product. */
function lasting({
  start: _start,
  portReservation: _reservation,
  supportOn: _supportOn,
  campaign: _campaign,
  ...settled
}: Characteristics): Pick<StoredContract, 'characteristics'> {
  return Object.keys(settled).length === 0 ? {} : { characteristics: settled };
}

function provisionOf(item: OrderItem): Provision | null {
  const value = item.product?.productCharacteristic?.find((one) => one.name === 'provision')?.value;
  const provision = provisionSchema.safeParse(value);
  return provision.success ? provision.data : null;
}
