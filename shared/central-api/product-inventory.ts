import { z } from 'zod';
import { addMonths, businessDate, startOfDay } from '../domain/business-time.ts';
import { type Catalog, findOffering, priceGroupSchema } from '../domain/catalog.ts';
import { characteristicsFrom } from '../domain/characteristics.ts';
import { type Contract, CONTRACT_STATUSES, provisionSchema } from '../domain/contract.ts';
import { characteristicSchema, customerParty, priceSchema, relatedPartySchema, yen } from './common.ts';

/** TMF637 v4: what a terminal reads of a product. */
export const tmfProductSchema = z.looseObject({
  id: z.string(),
  name: z.string().optional(),
  status: z.enum([...CONTRACT_STATUSES, 'cancelled', 'aborted']),
  startDate: z.iso.datetime({ offset: true }).optional(),
  terminationDate: z.iso.datetime({ offset: true }).optional(),
  productOffering: z.looseObject({ id: z.string(), name: z.string().optional() }),
  productPrice: z.array(z.looseObject({ priceType: z.string(), price: priceSchema })),
  productCharacteristic: z.array(characteristicSchema),
  productTerm: z
    .array(
      z.looseObject({
        duration: z.looseObject({ amount: z.number(), units: z.string() }),
        validFor: z.looseObject({ startDateTime: z.iso.datetime({ offset: true }) }),
      }),
    )
    .optional(),
  relatedParty: z.array(relatedPartySchema),
});
export type TmfProduct = z.infer<typeof tmfProductSchema>;

/** `null` for a product that is no contract any more (cancelled, aborted). */
export function contractFromTmf(
  product: TmfProduct,
  catalog: Catalog,
  isChangePending: (productId: string) => boolean,
): Contract | null {
  if (product.status === 'cancelled' || product.status === 'aborted') return null;
  const characteristic = (name: string) => product.productCharacteristic.find((one) => one.name === name)?.value;
  const offering = findOffering(catalog, product.productOffering.id);
  const group = priceGroupSchema.safeParse(characteristic('priceGroup'));
  const provision = provisionSchema.safeParse(characteristic('provision'));
  const feeFrom = z.iso.date().safeParse(characteristic('feeFrom'));
  const settled = characteristicsFrom(product.productCharacteristic);
  const term = product.productTerm?.[0];
  return {
    id: product.id,
    offeringId: product.productOffering.id,
    name: product.name ?? product.productOffering.name ?? product.productOffering.id,
    group: group.success ? group.data : (offering?.group ?? 'other'),
    status: product.status,
    monthlyYen:
      product.productPrice.find((price) => price.priceType === 'recurring')?.price.taxIncludedAmount.value ?? 0,
    startedOn: product.startDate === undefined ? null : businessDate(Date.parse(product.startDate)),
    ...(product.terminationDate === undefined ? {} : { endedOn: businessDate(Date.parse(product.terminationDate)) }),
    term:
      term === undefined
        ? null
        : { startsOn: businessDate(Date.parse(term.validFor.startDateTime)), months: term.duration.amount },
    provision: provision.success ? provision.data : null,
    ...(settled === null ? {} : { characteristics: settled }),
    feeFrom: feeFrom.success ? feeFrom.data : null,
    changePending: isChangePending(product.id),
  };
}

/** @param href of the product; @param customerNumber whose it is */
export function contractToTmf(contract: Contract, customerNumber: string, href: string): TmfProduct & { href: string } {
  const characteristics: [string, string | null | undefined][] = [
    ['priceGroup', contract.group],
    ['provision', contract.provision],
    ['feeFrom', contract.feeFrom],
    ...Object.entries(contract.characteristics ?? {}),
  ];
  return {
    id: contract.id,
    href,
    name: contract.name,
    status: contract.status,
    isBundle: contract.group === 'bundle-discount',
    isCustomerVisible: true,
    ...(contract.startedOn === null ? {} : { startDate: startOfDay(contract.startedOn) }),
    ...(contract.endedOn === undefined ? {} : { terminationDate: startOfDay(contract.endedOn) }),
    billingAccount: { id: customerNumber, '@referredType': 'BillingAccount' },
    productOffering: { id: contract.offeringId, name: contract.name },
    productPrice: [
      {
        name: contract.name,
        priceType: 'recurring',
        recurringChargePeriod: 'month',
        price: { taxRate: 10, taxIncludedAmount: yen(contract.monthlyYen) },
      },
    ],
    productCharacteristic: characteristics.flatMap(([name, value]) =>
      value == null ? [] : [{ name, value, valueType: 'string' }],
    ),
    ...(contract.term === null
      ? {}
      : {
          productTerm: [
            {
              name: 'term',
              duration: { amount: contract.term.months, units: 'month' },
              validFor: {
                startDateTime: startOfDay(contract.term.startsOn),
                endDateTime: startOfDay(addMonths(contract.term.startsOn, contract.term.months)),
              },
            },
          ],
        }),
    relatedParty: [customerParty(customerNumber)],
    '@type': 'Product',
  };
}
