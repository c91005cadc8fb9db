import { z } from 'zod';

const reference = z.looseObject({ id: z.string().min(1) });

/** What TM Forum's descriptions (version 4) make of an attribute. */
const KINDS = {
  text: z.string(),
  flag: z.boolean(),
  whole: z.int(),
  time: z.iso.datetime({ offset: true }),
  address: z.url(),
  reference,
  references: z.array(reference),
  object: z.looseObject({}),
  objects: z.array(z.looseObject({})),
} as const;
type Kind = keyof typeof KINDS;

const named = (kind: Kind, ...names: readonly string[]): Record<string, Kind> =>
  Object.fromEntries(names.map((name) => [name, kind]));

/** Attributes that are the same wherever in a resource they stand, below its own. */
const ANYWHERE: Readonly<Record<string, Kind>> = {
  ...named('text', '@type', '@baseType', '@referredType', '@schemaLocation', 'href', 'name', 'role', 'description'),
  ...named('text', 'version', 'valueType', 'relationshipType', 'attachmentType', 'mimeType', 'author', 'regex'),
  ...named('text', 'lifecycleStatus', 'agreementItemId', 'productSerialNumber', 'plaSpecId', 'taxCategory'),
  ...named('flag', 'isBundle', 'isCustomerVisible', 'isDefault', 'isUnique', 'configurable', 'extensible'),
  ...named('whole', 'maxCardinality', 'minCardinality'),
  ...named('time', 'startDateTime', 'endDateTime', 'startDate', 'terminationDate'),
  validFor: 'object',
};

/** An object with these attributes has them in the published form, so that whoever reads it back can. */
function withAttributes(kinds: Readonly<Record<string, Kind>>, more: z.ZodRawShape = {}): z.ZodType {
  const shape = Object.entries(kinds).map(([name, kind]) => [name, KINDS[kind].optional()] as const);
  return z.looseObject({ ...Object.fromEntries(shape), ...more }).superRefine((resource, context) => {
    for (const [name, value] of Object.entries(resource)) {
      const path = illFormedIn(value, [name]);
      if (path !== null) context.addIssue({ code: 'custom', path: [...path], message: 'not in its published form' });
    }
  });
}

/** Where the first attribute stands that isn't what it is anywhere; null: nowhere. */
function illFormedIn(value: unknown, path: readonly (string | number)[]): readonly (string | number)[] | null {
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const here = [...path, Array.isArray(value) ? Number(name) : name];
    const kind = Object.hasOwn(ANYWHERE, name) ? ANYWHERE[name] : undefined;
    if (kind !== undefined && !KINDS[kind].safeParse(inner).success) return here;
    // A characteristic has any value that its owner gives it.
    const deeper = name === 'value' ? null : illFormedIn(inner, here);
    if (deeper !== null) return deeper;
  }
  return null;
}

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
  catalog: withAttributes({ ...COMMON, catalogType: 'text', relatedParty: 'references' }),
  category: withAttributes({ ...COMMON, ...named('references', 'productOffering', 'subCategory') }),
  productSpecification: withAttributes(
    {
      ...COMMON,
      ...named('text', 'brand', 'productNumber'),
      ...named('objects', 'attachment', 'bundledProductSpecification', 'productSpecCharacteristic'),
      ...named('objects', 'productSpecificationRelationship'),
      ...named('references', 'relatedParty', 'resourceSpecification', 'serviceSpecification'),
    },
    { targetProductSchema: z.looseObject({ '@type': z.string(), '@schemaLocation': z.url() }).optional() },
  ),
  productOffering: withAttributes({
    ...COMMON,
    statusReason: 'text',
    ...named('references', 'agreement', 'channel', 'marketSegment', 'place'),
    ...named('objects', 'attachment', 'prodSpecCharValueUse', 'productOfferingRelationship', 'productOfferingTerm'),
    ...named('reference', 'productSpecification', 'resourceCandidate', 'serviceCandidate'),
    ...named('reference', 'serviceLevelAgreement'),
  }),
  productOfferingPrice: withAttributes({
    ...COMMON,
    recurringChargePeriodLength: 'whole',
    recurringChargePeriodType: 'text',
    unitOfMeasure: 'object',
    ...named('references', 'constraint', 'place'),
    ...named('objects', 'bundledPopRelationship', 'popRelationship', 'pricingLogicAlgorithm', 'tax'),
    ...named('objects', 'prodSpecCharValueUse', 'productOfferingTerm'),
  }),
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
  ),
  productStock: withAttributes(COMMON),
  individual: withAttributes({
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
  }),
  organization: withAttributes({
    ...PARTY,
    ...named('text', 'nameType', 'organizationType'),
    ...named('object', 'existsDuring', 'organizationParentRelationship'),
    ...named('objects', 'organizationChildRelationship', 'organizationIdentification'),
  }),
} as const;
