import { z } from 'zod';
import { type Catalog, catalogSchema, type Offering } from '../domain/catalog.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { moneySchema, yen } from './common.ts';

/** TMF620 v4: the parts of its resources that a terminal reads. A BSS may send more. */
const valueUseSchema = z.looseObject({
  name: z.string(),
  productSpecCharacteristicValue: z
    .array(z.looseObject({ value: z.union([z.string(), z.number(), z.boolean()]) }))
    .min(1),
});

export const tmfCatalogSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  lastUpdate: z.string(),
});
export type TmfCatalog = z.infer<typeof tmfCatalogSchema>;

export const tmfProductOfferingSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  isBundle: z.boolean(),
  isSellable: z.boolean(),
  lifecycleStatus: z.string(),
  lastUpdate: z.string(),
  category: z.array(z.looseObject({ id: z.string() })).min(1),
  bundledProductOffering: z.array(z.looseObject({ id: z.string() })).optional(),
  productOfferingPrice: z.array(z.looseObject({ id: z.string() })),
  prodSpecCharValueUse: z.array(valueUseSchema),
});
export type TmfProductOffering = z.infer<typeof tmfProductOfferingSchema>;

export const tmfProductOfferingPriceSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  priceType: z.enum(['recurring', 'oneTime']),
  price: moneySchema,
  lastUpdate: z.string(),
  lifecycleStatus: z.string(),
});
export type TmfProductOfferingPrice = z.infer<typeof tmfProductOfferingPriceSchema>;

type Scalar = string | number | boolean;

/** Attributes with several values: an array even where there is only one. */
const LISTS = new Set(['contains', 'excludedTv']);

/** Attributes that have a place of their own in TMF620; all others travel as characteristics. */
const OWN_PLACE = new Set(['id', 'name', 'group', 'sellable', 'monthlyYen', 'onceYen', 'components']);

/** @param lastUpdate ISO 8601 time of the catalog's last change */
export function offeringToTmf(
  offering: Offering,
  lastUpdate: string,
  href: (kind: 'productOffering' | 'productOfferingPrice', id: string) => string,
): { offering: TmfProductOffering & { href: string }; prices: (TmfProductOfferingPrice & { href: string })[] } {
  const lifecycleStatus = offering.sellable ? 'Active' : 'Retired';
  const price = (suffix: string, priceType: 'recurring' | 'oneTime', amount: number) => ({
    id: `${offering.id}.${suffix}`,
    href: href('productOfferingPrice', `${offering.id}.${suffix}`),
    name: offering.name.ja,
    priceType,
    ...(priceType === 'recurring' ? { recurringChargePeriodType: 'month', recurringChargePeriodLength: 1 } : {}),
    price: yen(amount),
    lastUpdate,
    lifecycleStatus,
    '@type': 'ProductOfferingPrice',
  });
  const prices = [
    price('monthly', 'recurring', offering.monthlyYen),
    ...(offering.onceYen === undefined ? [] : [price('once', 'oneTime', offering.onceYen)]),
  ];
  return {
    offering: {
      id: offering.id,
      href: href('productOffering', offering.id),
      name: offering.name.ja,
      isBundle: offering.type === 'bundle',
      isSellable: offering.sellable,
      lifecycleStatus,
      lastUpdate,
      category: [{ id: offering.group, name: offering.group }],
      ...(offering.type === 'bundle'
        ? { bundledProductOffering: offering.components.map((id) => ({ id, href: href('productOffering', id) })) }
        : {}),
      productOfferingPrice: prices.map(({ id, href: priceHref, name }) => ({ id, href: priceHref, name })),
      prodSpecCharValueUse: flatten(offering).map(({ name, values }) => ({
        name,
        productSpecCharacteristicValue: values.map((value) => ({ value, valueType: typeof value })),
      })),
      '@type': 'ProductOffering',
    },
    prices,
  };
}

/** What stands in the catalog resources of a BSS, as the terminal works with it; errors name the offering. */
export function catalogFromTmf(
  version: string,
  offerings: readonly TmfProductOffering[],
  prices: readonly TmfProductOfferingPrice[],
): Result<Catalog, { offeringId: string | null; message: string }> {
  const priceById = new Map(prices.map((price) => [price.id, price]));
  const parsed = catalogSchema.safeParse({
    version,
    offerings: offerings.map((offering) => {
      const own = offering.productOfferingPrice.flatMap((ref) => priceById.get(ref.id) ?? []);
      const amount = (type: 'recurring' | 'oneTime') => own.find((price) => price.priceType === type)?.price.value;
      const once = amount('oneTime');
      return {
        id: offering.id,
        group: offering.category[0]?.id,
        sellable: offering.isSellable,
        monthlyYen: amount('recurring'),
        ...(once === undefined ? {} : { onceYen: once }),
        ...(offering.bundledProductOffering === undefined
          ? {}
          : { components: offering.bundledProductOffering.map((part) => part.id) }),
        ...unflatten(offering.prodSpecCharValueUse),
        ...localName(offering),
      };
    }),
  });
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const index = issue?.path[1];
  return err({
    offeringId: typeof index === 'number' ? (offerings[index]?.id ?? null) : null,
    message: `${issue?.path.slice(2).join('.') ?? ''}: ${issue?.message ?? 'invalid'}`,
  });
}

function flatten(offering: Offering): { name: string; values: Scalar[] }[] {
  const { en, zh, ko } = offering.name;
  const names = Object.entries({ en, zh, ko }).map(([language, value]) => ({
    name: `name.${language}`,
    values: [value],
  }));
  const attributes = Object.entries(offering)
    .filter(([key]) => !OWN_PLACE.has(key))
    .flatMap(([key, value]): { name: string; values: Scalar[] }[] => {
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
        return [{ name: key, values: [value] }];
      }
      return LISTS.has(key) ? [{ name: key, values: z.array(z.string()).parse(value) }] : [];
    });
  if (offering.type !== 'bundle') return [...names, ...attributes];
  return [
    ...names,
    ...attributes,
    ...offering.discountNet.map((part) => ({ name: `discountNet.${part.group}`, values: [part.netYen] })),
    ...(offering.recommendedFor === undefined
      ? []
      : [
          { name: 'recommendedFor.groups', values: offering.recommendedFor.groups },
          { name: 'recommendedFor.dwelling', values: [offering.recommendedFor.dwelling] },
        ]),
  ];
}

function unflatten(uses: TmfProductOffering['prodSpecCharValueUse']): Record<string, unknown> {
  const discountNet: { group: string; netYen: unknown }[] = [];
  const recommendedFor: Record<string, unknown> = {};
  const attributes: Record<string, unknown> = {};
  for (const use of uses) {
    const values = use.productSpecCharacteristicValue.map((entry) => entry.value);
    const [area, rest] = use.name.split('.');
    if (rest === undefined) attributes[use.name] = LISTS.has(use.name) ? values : values[0];
    else if (area === 'discountNet') discountNet.push({ group: rest, netYen: values[0] });
    else if (area === 'recommendedFor') recommendedFor[rest] = rest === 'groups' ? values : values[0];
  }
  return {
    ...attributes,
    ...(discountNet.length === 0 ? {} : { discountNet }),
    ...(Object.keys(recommendedFor).length === 0 ? {} : { recommendedFor }),
  };
}

/** A BSS without translations still works: its own name stands in every language. */
function localName(offering: TmfProductOffering): { name: Record<string, unknown> } {
  const translated = (language: string): unknown =>
    offering.prodSpecCharValueUse.find((use) => use.name === `name.${language}`)?.productSpecCharacteristicValue[0]
      ?.value ?? offering.name;
  return { name: { ja: offering.name, en: translated('en'), zh: translated('zh'), ko: translated('ko') } };
}
