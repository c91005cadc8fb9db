import { findOffering, type OfferingOf, offeringsOf } from '../../domain/catalog.ts';
import type { Change } from '../../domain/changes.ts';
import { contractsKnown } from '../../domain/contract.ts';
import type { OnceLine } from '../../domain/quote.ts';
import { countsOf } from '../answers.ts';
import { chosen } from '../contracts-at-hand.ts';
import type { ChoiceOption, Draft, ProcedureContext } from '../procedure.ts';

export const GATEWAY = 'home.gateway';
/** 台数: as many as the counter takes of one kind; more is arranged with staff. */
export const AT_MOST = 10;

/** Devices for rent, and those that can be bought (スマートライト only, p.44, 46). */
export function deviceCards({ catalog }: ProcedureContext, provision: 'rental' | 'purchase'): ChoiceOption[] {
  return offeringsOf(catalog, 'home-device')
    .filter((device) => device.sellable && device.id !== GATEWAY)
    .filter((device) => provision === 'rental' || device.purchaseYen !== undefined)
    .map((device) => ({
      value: device.id,
      name: { kind: 'offering', offeringId: device.id },
      price:
        provision === 'rental'
          ? { yen: device.monthlyYen, per: 'month', sample: device.sample }
          : { yen: device.purchaseYen ?? 0, per: 'once', sample: device.purchaseSample ?? false },
      details:
        provision === 'rental' && device.requires !== undefined ? [{ id: 'needs', offeringId: device.requires }] : [],
      disabled: null,
    }));
}

/** スマートスピーカー without a 家電コントローラー, neither chosen nor had already (p.44, 46). */
export function lacksWhatItRequires(context: ProcedureContext, { rented }: Draft): boolean {
  const counts = countsOf(rented);
  // One that is on its way counts.
  const had = contractsKnown(context.facts)
    .filter(({ status }) => status !== 'terminated')
    .map(({ offeringId }) => offeringId);
  return [...counts.keys()].some((id) => {
    const device = findOffering(context.catalog, id);
    const required = device?.type === 'home-device' ? device.requires : undefined;
    return required !== undefined && !counts.has(required) && !had.includes(required);
  });
}

/** One product for each device: each has a life of its own. */
export function deviceChanges({ rented, bought }: { rented: string; bought: string }): Change[] {
  const each = (answer: string, provision: 'rental' | 'purchase'): Change[] =>
    [...countsOf(answer)].flatMap(([offeringId, count]) =>
      Array.from({ length: count }, (): Change => ({ action: 'add', offeringId, provision })),
    );
  return [...each(rented, 'rental'), ...each(bought, 'purchase')];
}

export function purchases({ catalog }: ProcedureContext, bought: string): OnceLine[] {
  const yen = [...countsOf(bought)].reduce(
    (total, [id, count]) => total + count * (chosen(catalog, id, 'home-device').purchaseYen ?? 0),
    0,
  );
  return yen === 0 ? [] : [{ id: 'light-purchase', yen, sample: false }];
}

export function gatewayPurchase(gateway: OfferingOf<'home-device'>): OnceLine[] {
  return [{ id: 'gateway-purchase', yen: gateway.purchaseYen ?? 0, sample: gateway.purchaseSample ?? false }];
}
