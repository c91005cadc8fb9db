import { z } from 'zod';
import type { Customer } from '../domain/contract.ts';
import { characteristicSchema } from './common.ts';

const contactMediumSchema = z.looseObject({
  mediumType: z.string(),
  characteristic: z.looseObject({ emailAddress: z.string().optional(), phoneNumber: z.string().optional() }),
});

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
  const email = customer.contactMedium?.find((medium) => medium.mediumType === 'email')?.characteristic.emailAddress;
  return {
    number: customer.id,
    name: individual.fullName ?? customer.name,
    kana: typeof kana === 'string' ? kana : customer.name,
    dwelling: dwelling === 'flat' ? 'flat' : 'house',
    contactEmail: email ?? null,
  };
}
