import type { OrderItem } from '../../shared/central-api/product-order.ts';
import { type Catalog, findOffering } from '../../shared/domain/catalog.ts';
import { MOBILE_LINES } from '../../shared/domain/mobile/line.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import type { StoredContract } from '../store/products.ts';

/**
 * A new line, and what is ordered with it, gets the household's first free place (p.102) where another line has taken the one
 * that it was applied for with: two terminals may have counted alike. `conflict`: the household has all its lines (p.96).
 */
export function placeLine(
  catalog: Catalog,
  present: readonly StoredContract[],
  items: readonly OrderItem[],
): Result<readonly OrderItem[], 'conflict'> {
  const isPlan = (offeringId: string | undefined): boolean =>
    findOffering(catalog, offeringId ?? '')?.type === 'mobile-plan';
  const wished = items
    .filter(({ action, productOffering }) => action === 'add' && isPlan(productOffering?.id))
    .flatMap(lineOf)[0];
  const lines = present.filter(({ offeringId, status }) => status !== 'terminated' && isPlan(offeringId));
  const taken = new Set(lines.map(({ characteristics }) => characteristics?.line));
  if (!MOBILE_LINES.some((line) => line === wished && taken.has(line))) return ok(items);
  const place = MOBILE_LINES.find((line) => !taken.has(line));
  if (place === undefined) return err('conflict');
  return ok(items.map((item) => (item.action === 'add' && lineOf(item)[0] === wished ? atLine(item, place) : item)));
}

function lineOf({ product }: OrderItem): unknown[] {
  return (product?.productCharacteristic ?? []).filter(({ name }) => name === 'line').map(({ value }) => value);
}

function atLine(item: OrderItem, place: string): OrderItem {
  const productCharacteristic = (item.product?.productCharacteristic ?? []).map((one) =>
    one.name === 'line' ? { ...one, value: place } : one,
  );
  return { ...item, product: { ...item.product, productCharacteristic } };
}
