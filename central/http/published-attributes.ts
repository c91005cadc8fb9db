import { z } from 'zod';
import { tmfProductSchema } from '../../shared/central-api/product-inventory.ts';
import { orderItemSchema, orderStateSchema } from '../../shared/central-api/product-order.ts';

const reference = z.looseObject({ id: z.string().min(1) });
/** RFC 3986, absolute; what `new URL` would mend is none. */
const address = z.url().regex(/^[a-z][a-z\d+.-]*:[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/i);
const withAll = (...names: readonly string[]) =>
  z.looseObject({}).refine((value) => names.every((name) => Object.hasOwn(value, name)));

/** What TM Forum's descriptions (version 4) make of an attribute. */
const KINDS = {
  text: z.string(),
  flag: z.boolean(),
  whole: z.int(),
  number: z.number(),
  time: z.iso.datetime({ offset: true }),
  address,
  action: orderItemSchema.shape.action,
  state: orderStateSchema,
  status: tmfProductSchema.shape.status,
  reference,
  references: z.array(reference),
  parties: z.array(reference.extend({ '@referredType': z.string() })),
  object: z.looseObject({}),
  objects: z.array(z.looseObject({})),
  characteristics: z.array(withAll('name', 'value')),
  prices: z.array(withAll('price', 'priceType')),
  places: z.array(withAll('role')),
  relationships: z.array(withAll('product', 'relationshipType')),
  schema: withAll('@type', '@schemaLocation'),
  orderItems: z.array(withAll('id', 'action')),
  ordered: z.array(withAll('orderItemId', 'productOrderId')),
  quoteItem: withAll('id', 'quoteId'),
  qualificationItem: withAll('id', 'productOfferingQualificationId'),
} as const;
type Kind = keyof typeof KINDS;
type Kinds = Readonly<Record<string, Kind>>;

const named = (kind: Kind, ...names: readonly string[]): Record<string, Kind> =>
  Object.fromEntries(names.map((name) => [name, kind]));

/**
 * Attributes below a resource's own. They are the same wherever they stand, but for those that are named with what they
 * stand in.
 */
const ANYWHERE: Kinds = {
  ...named('text', '@type', '@baseType', '@referredType', 'id', 'name', 'role', 'description', 'version', 'text'),
  ...named('text', 'valueType', 'relationshipType', 'attachmentType', 'mimeType', 'content', 'author', 'regex'),
  ...named('text', 'lifecycleStatus', 'productSerialNumber', 'plaSpecId', 'taxCategory', 'taxType', 'title'),
  ...named('text', 'agreementItemId', 'orderItemId', 'orderItemAction', 'productOrderId', 'productOrderHref'),
  ...named('text', 'productOfferingQualificationHref', 'productOfferingQualificationId', 'quoteHref', 'quoteId'),
  ...named('text', 'productOfferingQualificationName', 'quoteName', 'priceType', 'recurringChargePeriod'),
  ...named('text', 'rangeInterval', 'unit', 'units', 'unitOfMeasure', 'realizingResource.value', 'comment'),
  ...named('text', 'mediumType', 'contactType', 'emailAddress', 'phoneNumber', 'faxNumber', 'socialNetworkId'),
  ...named('text', 'city', 'country', 'postCode', 'stateOrProvince', 'street1', 'street2', 'issuingAuthority'),
  ...named('text', 'creditAgencyName', 'creditAgencyType', 'ratingReference', 'externalReferenceType'),
  ...named('text', 'disabilityCode', 'disabilityName', 'evaluatedLevel', 'skillCode', 'skillName'),
  ...named('text', 'identificationId', 'identificationType', 'languageCode', 'languageName', 'nameType'),
  ...named('text', 'listeningProficiency', 'readingProficiency', 'speakingProficiency', 'writingProficiency'),
  ...named('text', 'aristocraticTitle', 'familyName', 'familyNamePrefix', 'formattedName', 'fullName', 'generation'),
  ...named('text', 'givenName', 'legalName', 'middleName', 'preferredGivenName', 'tradingName'),
  ...named('flag', 'isBundle', 'isCustomerVisible', 'isDefault', 'isUnique', 'configurable', 'extensible'),
  ...named('flag', 'isFavouriteLanguage', 'preferred'),
  ...named('whole', 'maxCardinality', 'minCardinality', 'charSpecSeq', 'priority', 'quantity', 'ratingScore'),
  ...named('whole', 'numberRelOfferDefault', 'numberRelOfferLowerLimit', 'numberRelOfferUpperLimit'),
  ...named('whole', 'recurringChargePeriodLength', 'valueFrom', 'valueTo'),
  ...named('number', 'amount', 'percentage', 'taxRate'),
  ...named('number', 'taxIncludedAmount.value', 'dutyFreeAmount.value', 'taxAmount.value', 'price.value'),
  ...named('time', 'startDateTime', 'endDateTime', 'startDate', 'terminationDate', 'date', 'issuingDate'),
  ...named('time', 'lastUpdate', 'orderDate'),
  ...named('address', '@schemaLocation', 'href', 'url'),
  ...named('text', 'targetProductSchema.@schemaLocation', '@valueSchemaLocation'),
  ...{ action: 'action', state: 'state', status: 'status' },
  ...named('reference', 'appointment', 'billingAccount', 'organization', 'productOffering', 'productOfferingPrice'),
  productSpecification: 'reference',
  ...{ quoteItem: 'quoteItem', productOfferingQualificationItem: 'qualificationItem', relatedParty: 'parties' },
  ...named('references', 'agreement', 'constraint', 'payment', 'qualification', 'realizingResource'),
  realizingService: 'references',
  ...named('object', 'bundledProductOfferingOption', 'characteristic', 'dutyFreeAmount', 'duration', 'price'),
  ...named('object', 'product', 'size', 'taxAmount', 'taxIncludedAmount', 'validFor'),
  ...named('objects', 'itemTerm', 'productOrderItemRelationship', 'product.product'),
  ...named('objects', 'productSpecCharRelationship', 'productSpecCharacteristicValue', 'productTerm', 'taxDefinition'),
  ...named('objects', 'itemPrice', 'itemTotalPrice', 'attachment'),
  productCharacteristic: 'characteristics',
  ...{ productOrderItem: 'orderItems', 'product.productOrderItem': 'ordered' },
  ...named('prices', 'priceAlteration', 'productPrice', 'productPriceAlteration'),
  place: 'places',
  productRelationship: 'relationships',
  targetProductSchema: 'schema',
};

/** An object with these attributes has them in the published form, so that whoever reads it back can. */
function withAttributes(kinds: Kinds, more: z.ZodRawShape = {}, nested: Kinds = {}): z.ZodType {
  const shape = Object.entries(kinds).map(([name, kind]) => [name, KINDS[kind].optional()] as const);
  const below = { ...ANYWHERE, ...nested };
  return z.looseObject({ ...Object.fromEntries(shape), ...more }).superRefine((resource, context) => {
    for (const [name, value] of Object.entries(resource)) {
      const path = illFormedIn(below, value, name, [name]);
      if (path !== null) context.addIssue({ code: 'custom', path: [...path], message: 'not in its published form' });
    }
  });
}

/** Where the first attribute stands that isn't what it is there; null: nowhere. @param within what the value is called */
function illFormedIn(
  kinds: Kinds,
  value: unknown,
  within: string,
  path: readonly (string | number)[],
): readonly (string | number)[] | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const isElement = Array.isArray(value);
    const here = [...path, isElement ? Number(name) : name];
    const kind = isElement ? undefined : (own(kinds, `${within}.${name}`) ?? own(kinds, name));
    if (kind !== undefined && !KINDS[kind].safeParse(inner).success) return here;
    // A characteristic has any value that its owner gives it.
    const deeper = name === 'value' ? null : illFormedIn(kinds, inner, isElement ? within : name, here);
    if (deeper !== null) return deeper;
  }
  return null;
}

const own = (kinds: Kinds, name: string): Kind | undefined => (Object.hasOwn(kinds, name) ? kinds[name] : undefined);

/** In a catalog a duration is whole, and a quantity of a price has its unit. */
const OF_CATALOG: Kinds = {
  ...named('object', 'applicationDuration', 'priceAlteration.unitOfMeasure', 'productOfferingPrice.unitOfMeasure'),
  ...named('whole', 'duration.amount', 'applicationDuration.amount'),
  'targetProductSchema.@schemaLocation': 'address',
};
/** Only a catalog's addresses must be whole. */
const OF_PRODUCTS: Kinds = { href: 'text', applicationDuration: 'whole' };
const OF_PARTIES: Kinds = { href: 'text', url: 'text', attachment: 'object' };

const COMMON = { ...named('text', '@type', '@baseType'), ...named('address', '@schemaLocation') };
const PARTY = {
  ...COMMON,
  ...named('objects', 'creditRating', 'externalReference', 'otherName', 'taxExemptionCertificate'),
};
const note = z.array(z.looseObject({ text: z.string() })).optional();
const place = z.array(z.looseObject({ role: z.string() })).optional();
const ordered = z.array(z.looseObject({ orderItemId: z.string(), productOrderId: z.string() })).optional();

/** Of what central keeps as it was sent, without a rule of its own. */
export const PUBLISHED = {
  catalog: withAttributes({ ...COMMON, catalogType: 'text', relatedParty: 'references' }, {}, OF_CATALOG),
  category: withAttributes({ ...COMMON, ...named('references', 'productOffering', 'subCategory') }, {}, OF_CATALOG),
  productSpecification: withAttributes(
    {
      ...COMMON,
      ...named('text', 'brand', 'productNumber'),
      ...named('objects', 'attachment', 'bundledProductSpecification', 'productSpecCharacteristic'),
      ...named('objects', 'productSpecificationRelationship'),
      ...named('references', 'relatedParty', 'resourceSpecification', 'serviceSpecification'),
    },
    { targetProductSchema: z.looseObject({ '@type': z.string(), '@schemaLocation': address }).optional() },
    OF_CATALOG,
  ),
  productOffering: withAttributes(
    {
      ...COMMON,
      statusReason: 'text',
      ...named('references', 'agreement', 'channel', 'marketSegment', 'place'),
      ...named('objects', 'attachment', 'prodSpecCharValueUse', 'productOfferingRelationship', 'productOfferingTerm'),
      ...named('reference', 'productSpecification', 'resourceCandidate', 'serviceCandidate'),
      ...named('reference', 'serviceLevelAgreement'),
    },
    {},
    OF_CATALOG,
  ),
  productOfferingPrice: withAttributes(
    {
      ...COMMON,
      recurringChargePeriodLength: 'whole',
      recurringChargePeriodType: 'text',
      unitOfMeasure: 'object',
      ...named('references', 'constraint', 'place'),
      ...named('objects', 'bundledPopRelationship', 'popRelationship', 'pricingLogicAlgorithm', 'tax'),
      ...named('objects', 'prodSpecCharValueUse', 'productOfferingTerm'),
    },
    {},
    OF_CATALOG,
  ),
  product: withAttributes(
    {
      ...COMMON,
      ...named('text', 'description', 'productSerialNumber'),
      ...named('flag', 'isBundle', 'isCustomerVisible'),
      ...named('time', 'orderDate', 'startDate', 'terminationDate'),
      ...named('reference', 'productSpecification'),
      ...named('references', 'agreement', 'realizingResource', 'realizingService'),
      ...named('objects', 'product', 'productTerm'),
    },
    {
      place,
      productOrderItem: ordered,
      productRelationship: z
        .array(z.looseObject({ relationshipType: z.string(), product: z.looseObject({}) }))
        .optional(),
    },
    OF_PRODUCTS,
  ),
  productOrder: withAttributes(
    {
      ...COMMON,
      ...named('text', 'cancellationReason', 'notificationContact', 'priority'),
      ...named('time', 'cancellationDate', 'completionDate', 'expectedCompletionDate'),
      ...named('time', 'requestedCompletionDate', 'requestedStartDate'),
      billingAccount: 'reference',
      ...named('references', 'agreement', 'channel', 'payment', 'productOfferingQualification', 'quote'),
    },
    { note },
    OF_PRODUCTS,
  ),
  productStock: withAttributes(COMMON),
  individual: withAttributes(
    {
      ...PARTY,
      ...named(
        'text',
        'aristocraticTitle',
        'countryOfBirth',
        'familyNamePrefix',
        'formattedName',
        'gender',
        'generation',
      ),
      ...named('text', 'legalName', 'location', 'maritalStatus', 'middleName', 'nationality', 'placeOfBirth'),
      ...named('text', 'preferredGivenName', 'title'),
      deathDate: 'time',
      ...named('objects', 'disability', 'individualIdentification', 'languageAbility', 'skill'),
    },
    {},
    OF_PARTIES,
  ),
  organization: withAttributes(
    {
      ...PARTY,
      ...named('text', 'nameType', 'organizationType'),
      ...named('object', 'existsDuring', 'organizationParentRelationship'),
      ...named('objects', 'organizationChildRelationship', 'organizationIdentification'),
    },
    {},
    OF_PARTIES,
  ),
} as const;
