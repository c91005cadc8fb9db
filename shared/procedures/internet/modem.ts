import { type Catalog, findOffering, type OfferingOf, offeringsOf } from '../../domain/catalog.ts';
import type { OnceLine } from '../../domain/quote.ts';
import { offeringCard, textOption } from '../contracts-at-hand.ts';
import type { ChoiceOption, Draft, ProcedureContext } from '../procedure.ts';

/** 端末の種類; the one with Wi-Fi costs nothing with some courses (p.71). */
export function modemCards(context: ProcedureContext, { course }: Draft): ChoiceOption[] {
  const chosen = findOffering(context.catalog, course ?? '');
  const isFree = chosen?.type === 'internet-course' && chosen.freeWifiModem;
  return offeringsOf(context.catalog, 'modem')
    .filter((modem) => modem.sellable)
    .map((modem) => offeringCard(context, modem, { priceYen: modem.wifi && isFree ? 0 : modem.monthlyYen }));
}

/** undefined: there is no such modem. */
export function findModem(catalog: Catalog, id = ''): OfferingOf<'modem'> | undefined {
  const offering = findOffering(catalog, id);
  return offering?.type === 'modem' ? offering : undefined;
}

/** 機器のご提供方法. @param isOwned the customer has bought that very modem */
export function provisionOptions(modem: OfferingOf<'modem'> | undefined, isOwned = false): ChoiceOption[] {
  const price = modem === undefined ? null : ({ yen: modem.purchaseYen, per: 'once', sample: true } as const);
  return [textOption('rental'), textOption('purchase', { price, disabled: isOwned ? 'current' : null })];
}

export function modemPurchase(modem: OfferingOf<'modem'> | undefined): OnceLine[] {
  return modem === undefined ? [] : [{ id: 'modem-purchase', yen: modem.purchaseYen, sample: true }];
}
