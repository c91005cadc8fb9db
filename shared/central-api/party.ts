import { z } from 'zod';
import type { Customer } from '../domain/contract.ts';
import type { CustomerRecord } from '../domain/customer-record.ts';
import { characteristicSchema } from './common.ts';

const contactMediumSchema = z.looseObject({
  mediumType: z.string(),
  characteristic: z.looseObject({
    emailAddress: z.string().optional(),
    phoneNumber: z.string().optional(),
    contactType: z.string().optional(),
    street1: z.string().optional(),
  }),
});
type ContactMedium = z.infer<typeof contactMediumSchema>;

/** `contactType` of 電話番号2; the phone of the contract has none. */
export const DAYTIME = 'daytime';
/** `contactType` of a mailbox that the operator keeps for the customer; the contact address has none. */
export const OPERATOR_MAIL = 'operatorMail';
/** The customer's characteristic that says whether news by mail are wished. */
export const WANTS_NEWS = 'wantsNews';

/** TMF629 v4 */
export const tmfCustomerSchema = z.looseObject({
  id: z.string(),
  name: z.string(),
  engagedParty: z.looseObject({ id: z.string(), '@referredType': z.string() }),
  contactMedium: z.array(contactMediumSchema).optional(),
  characteristic: z.array(characteristicSchema).optional(),
});
export type TmfCustomer = z.infer<typeof tmfCustomerSchema>;

/** TMF632 v4 */
export const tmfIndividualSchema = z.looseObject({
  id: z.string(),
  fullName: z.string().optional(),
  familyName: z.string().optional(),
  givenName: z.string().optional(),
  partyCharacteristic: z.array(characteristicSchema).optional(),
});
export type TmfIndividual = z.infer<typeof tmfIndividualSchema>;

/** A BSS that knows no dwelling type gives `house`: bundles for flats are then not recommended by the terminal. */
export function customerFromTmf(customer: TmfCustomer, individual: TmfIndividual): Customer {
  const dwelling = customer.characteristic?.find((one) => one.name === 'dwelling')?.value;
  const kana = individual.partyCharacteristic?.find((one) => one.name === 'kana')?.value;
  return {
    number: customer.id,
    name: individual.fullName ?? customer.name,
    kana: typeof kana === 'string' ? kana : customer.name,
    dwelling: dwelling === 'flat' ? 'flat' : 'house',
    contactEmail: mediumOf(customer, (medium) => isMail(medium, false))?.emailAddress ?? null,
    mailAddresses: (customer.contactMedium ?? []).flatMap((medium) =>
      isMail(medium, true) ? (medium.characteristic.emailAddress ?? []) : [],
    ),
  };
}

export function recordFromTmf(customer: TmfCustomer): Omit<CustomerRecord, 'loginId'> {
  const phone = (isDaytime: boolean) =>
    mediumOf(
      customer,
      ({ mediumType, characteristic }) =>
        mediumType === 'phone' && (characteristic.contactType === DAYTIME) === isDaytime,
    )?.phoneNumber ?? null;
  const wantsNews = customer.characteristic?.find(({ name }) => name === WANTS_NEWS)?.value;
  return {
    address: mediumOf(customer, ({ mediumType }) => mediumType === 'postalAddress')?.street1 ?? null,
    phone: phone(false),
    daytimePhone: phone(true),
    wantsNews: typeof wantsNews === 'boolean' ? wantsNews : null,
  };
}

function isMail({ mediumType, characteristic }: ContactMedium, isOperators: boolean): boolean {
  return mediumType === 'email' && (characteristic.contactType === OPERATOR_MAIL) === isOperators;
}

function mediumOf(
  customer: TmfCustomer,
  isWanted: (medium: ContactMedium) => boolean,
): ContactMedium['characteristic'] | undefined {
  return customer.contactMedium?.find(isWanted)?.characteristic;
}
