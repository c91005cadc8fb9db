import { z } from 'zod';
import { businessDateSchema } from './business-time.ts';
import { localizedTextSchema } from './language.ts';
import { sumYen, withTax, type Yen, yenSchema } from './money.ts';

/** The groups in which the manual prints a monthly total (p.40), in its order. */
export const PRICE_GROUPS = [
  'bundle-discount',
  'tv',
  'internet',
  'phone',
  'mobile',
  'energy',
  'other',
  'other-discount',
] as const;
export const priceGroupSchema = z.enum(PRICE_GROUPS);
export type PriceGroup = z.infer<typeof priceGroupSchema>;

/** 回線種別 as the course lists print it (p.71, 74); `hikari` is the operator's own fibre. */
export const LINE_TYPES = ['cable', 'hikari', 'ftth', 'dedicated', 'building', 'other'] as const;
export const lineTypeSchema = z.enum(LINE_TYPES);
export type LineType = z.infer<typeof lineTypeSchema>;

/** What an offering's id looks like, whether or not this catalog has it. */
export const OFFERING_ID = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/;

const common = {
  id: z.string().regex(OFFERING_ID),
  name: localizedTextSchema,
  group: priceGroupSchema,
  /** Tax included; what the customer's use decides (energy) counts as 0, as the manual's totals do. */
  monthlyYen: yenSchema,
  onceYen: yenSchema.optional(),
  /** false: kept for customers who have it, no longer (or not here) to be ordered. */
  sellable: z.boolean(),
  /** true: the manual names it without a price, or not at all; the operator replaces it. */
  sample: z.boolean(),
  manualPage: z.int().min(1).max(177).optional(),
};

const internetCourseSchema = z.strictObject({
  ...common,
  type: z.literal('internet-course'),
  lineType: lineTypeSchema,
  /** Which list of the manual offers it: p.70/76 (kattobi), p.73/79 (other), or only inside a bundle (hikari). */
  list: z.enum(['kattobi', 'other', 'hikari']),
  /** The cable modem with Wi-Fi costs nothing with it (p.71). */
  freeWifiModem: z.boolean(),
  /** auスマートバリュー goes on with it (p.77). */
  keepsSmartValue: z.boolean(),
  /** 2年コース: leaving inside the term costs one month's fee (p.77). */
  commitmentMonths: z.int().min(1).optional(),
});

const modemSchema = z.strictObject({
  ...common,
  type: z.literal('modem'),
  wifi: z.boolean(),
  /** Price of buying it instead of renting, tax included. */
  purchaseYen: yenSchema,
});

const tvCourseSchema = z.strictObject({
  ...common,
  type: z.literal('tv-course'),
  /** The course without its set-top box; the box's rental is in the price (p.52). */
  family: z.enum(['mini', 'standard', 'max', 'mini-plus', 'standard-plus', 'max-plus', 'alpha-ace', 'big']),
  box: z.enum(['bd', 'hitpot', 'stb']),
  /** In the list for new contracts (p.52), in the list for changes (p.56). */
  forNew: z.boolean(),
  forChange: z.boolean(),
  /** The programme guide comes with it (p.57). */
  includesMagazine: z.boolean(),
  /** みるプラス 見放題パックプライム comes with it (p.64). */
  includesVideo: z.boolean(),
});

const tvChannelSchema = z.strictObject({
  ...common,
  type: z.literal('tv-channel'),
  /** Offers that only members of 東急ロイヤルクラブ see (p.62). */
  club: z.enum(['none', 'member', 'platinum']),
  /** From when it is charged (p.63). */
  feeFrom: z.enum(['start-month', 'month-after-start']),
  /** A set takes the place of these. */
  contains: z.array(z.string()).min(2).optional(),
  /** A club offer is the same channel as this one at another price (p.62). */
  sameChannelAs: z.string().optional(),
});

const clubSchema = z.strictObject({
  ...common,
  type: z.literal('club'),
  level: z.enum(['member', 'platinum']),
});

/** A part of iTSCOM HOME; each one that the customer has is a product of its own. */
const homeDeviceSchema = z.strictObject({
  ...common,
  type: z.literal('home-device'),
  /** Only what has a price to buy it can be bought instead of rented (p.44, 46). */
  purchaseYen: yenSchema.optional(),
  purchaseSample: z.boolean().optional(),
  /** Works only beside a rented one of these (p.44). */
  requires: z.string().optional(),
});

const pushSchema = z.strictObject({
  ...common,
  type: z.literal('push'),
  /** The first unit's price where it is the customer's only service (p.48). */
  aloneYen: yenSchema,
  /** Price of buying its IP box, tax included. */
  purchaseYen: yenSchema,
});

/** Paid to another by period and not by the month; it stands outside the monthly total. */
const nhkSchema = z.strictObject({
  ...common,
  type: z.literal('nhk'),
  periodMonths: z.int().min(1),
  periodYen: yenSchema,
});

const mobilePlanSchema = z.strictObject({
  ...common,
  type: z.literal('mobile-plan'),
  service: z.enum(['voice', 'data']),
  gigabytes: z.int().min(0),
});

/** Sizes of SIM card (p.90). */
export const SIM_SIZES = ['nano', 'micro', 'standard'] as const;
export const simSizeSchema = z.enum(SIM_SIZES);

const mobileDeviceSchema = z.strictObject({
  ...common,
  type: z.literal('mobile-device'),
  /** The monthly price is paid so many times. */
  instalments: z.int().min(1),
  /** Kind of plan that it is sold with (p.88, 95). */
  service: z.enum(['voice', 'data']),
  /** The only size of SIM card that goes in (p.90, 95). */
  simSize: simSizeSchema,
  /** It is this device in one colour, at its price: that is what is ordered. */
  model: z.string().optional(),
});

/** データ容量追加, for the month in which it is bought (p.102). */
const addedDataSchema = z.strictObject({
  ...common,
  type: z.literal('added-data'),
  gigabytes: z.int().min(1),
});

/** MNP開通: has a number that was brought along switched over; an order, and nobody's contract (p.100). */
const portActivationSchema = z.strictObject({ ...common, type: z.literal('port-activation') });

/** キャンペーンコード (p.92): what it brings is the operator's to say, and worked out by nobody here. */
const campaignSchema = z.strictObject({
  ...common,
  type: z.literal('campaign'),
  code: z.string().regex(/^[0-9A-Z]{4,20}$/),
  /** Its last day. */
  until: businessDateSchema,
});

const securitySchema = z.strictObject({
  ...common,
  type: z.literal('security'),
  devices: z.int().min(1),
});

const bundleSchema = z.strictObject({
  ...common,
  type: z.literal('bundle'),
  /** Offerings that take the place of the customer's own in the same group. */
  components: z.array(z.string()).min(2),
  /** Discount by group, before tax (p.41: TV −2,030, NET −2,000). */
  discountNet: z.array(z.strictObject({ group: priceGroupSchema, netYen: yenSchema.max(0) })).min(1),
  termMonths: z.int().min(1),
  /** TV courses with which its discount doesn't hold (p.53). */
  excludedTv: z.array(z.string()).min(1).optional(),
  /** Shown as おすすめプラン to customers who have all these groups and live so. */
  recommendedFor: z
    .strictObject({ groups: z.array(priceGroupSchema).min(1), dwelling: z.enum(['house', 'flat']) })
    .optional(),
});

/** A discount that comes and goes with what the customer has. */
const conditionalDiscountSchema = z.strictObject({
  ...common,
  type: z.literal('conditional-discount'),
  whileContracted: z.string(),
  withType: z.enum(['internet-course']),
});

const itemSchema = z.strictObject({
  ...common,
  type: z.enum(['phone', 'energy', 'home', 'magazine', 'video-box', 'mobile-option', 'once-fee', 'option', 'discount']),
});

export const offeringSchema = z.discriminatedUnion('type', [
  internetCourseSchema,
  modemSchema,
  tvCourseSchema,
  tvChannelSchema,
  clubSchema,
  homeDeviceSchema,
  pushSchema,
  nhkSchema,
  mobilePlanSchema,
  mobileDeviceSchema,
  addedDataSchema,
  portActivationSchema,
  campaignSchema,
  securitySchema,
  bundleSchema,
  conditionalDiscountSchema,
  itemSchema,
]);
export type Offering = z.infer<typeof offeringSchema>;
export type OfferingOf<T extends Offering['type']> = Offering & Narrowed<Offering, T>;
/** The members of the union that may be of that type: several share one schema. */
type Narrowed<O, T> = O extends { readonly type: infer K } ? (T extends K ? O & { readonly type: T } : never) : never;

export const catalogSchema = z
  .strictObject({
    /** Grows with every change; a quote is stamped with it. */
    version: z.string().regex(/^\d{4}-\d{2}-\d{2}\.\d+$/),
    offerings: z.array(offeringSchema),
  })
  .superRefine((catalog, context) => {
    const byId = new Map<string, Offering>();
    catalog.offerings.forEach((offering, index) => {
      if (byId.has(offering.id)) {
        context.addIssue({ code: 'custom', path: ['offerings', index, 'id'], message: `${offering.id} stands twice` });
      }
      byId.set(offering.id, offering);
    });
    catalog.offerings.forEach((offering, index) => {
      for (const { path, id } of referencesOf(offering)) {
        if (!byId.has(id)) {
          context.addIssue({
            code: 'custom',
            path: ['offerings', index, ...path],
            message: `${id} is not in the catalog`,
          });
        }
      }
      if (offering.type !== 'bundle') return;
      const expected = bundleDiscountYen(offering);
      if (offering.monthlyYen !== expected) {
        context.addIssue({
          code: 'custom',
          path: ['offerings', index, 'monthlyYen'],
          message: `is ${offering.monthlyYen}, but its net discounts with tax make ${expected}`,
        });
      }
    });
  });
export type Catalog = z.infer<typeof catalogSchema>;

/** Where an offering names another one. */
function referencesOf(offering: Offering): { path: (string | number)[]; id: string }[] {
  const listed = (field: string, ids: readonly string[] = []) => ids.map((id, at) => ({ path: [field, at], id }));
  const single = (field: string, id: string | undefined) => (id === undefined ? [] : [{ path: [field], id }]);
  if (offering.type === 'bundle') {
    return [...listed('components', offering.components), ...listed('excludedTv', offering.excludedTv)];
  }
  if (offering.type === 'tv-channel') {
    return [...listed('contains', offering.contains), ...single('sameChannelAs', offering.sameChannelAs)];
  }
  if (offering.type === 'home-device') return single('requires', offering.requires);
  if (offering.type === 'mobile-device') return single('model', offering.model);
  return offering.type === 'conditional-discount' ? single('whileContracted', offering.whileContracted) : [];
}

/** What a bundle takes off the monthly total, negative, tax included. */
export function bundleDiscountYen(bundle: OfferingOf<'bundle'>): Yen {
  return withTax(sumYen(bundle.discountNet.map((part) => part.netYen)));
}

/** The price on a bundle's card (p.39): its parts at list price less its discount. */
export function bundleCardYen(catalog: Catalog, bundle: OfferingOf<'bundle'>): Yen {
  return sumYen([bundleDiscountYen(bundle), ...bundle.components.map((id) => offeringById(catalog, id).monthlyYen)]);
}

/** Whether a product of that type is among what the bundle is made of. */
export function isInBundle(catalog: Catalog, bundle: OfferingOf<'bundle'>, type: Offering['type']): boolean {
  return bundle.components.some((id) => findOffering(catalog, id)?.type === type);
}

export function findOffering(catalog: Catalog, id: string): Offering | undefined {
  return catalog.offerings.find((offering) => offering.id === id);
}

/** Throws for an id that a validated catalog is known to hold; use findOffering for ids from outside. */
export function offeringById(catalog: Catalog, id: string): Offering {
  const offering = findOffering(catalog, id);
  if (offering === undefined) throw new Error(`offering ${id} is not in catalog ${catalog.version}`);
  return offering;
}

export function offeringsOf<T extends Offering['type']>(catalog: Catalog, type: T): OfferingOf<T>[] {
  return catalog.offerings.filter((offering): offering is OfferingOf<T> => offering.type === type);
}
