import type { ContactChoice, RegistrationMail } from '../../shared/central-api/registration.ts';
import type { CustomerRow } from '../store/customers.ts';

type Reached = Pick<CustomerRow, 'contact_email' | 'mail_addresses'>;

/** Where news can go but to the new ID itself: each as it is shown to somebody who isn't signed in. */
export type ContactsBeside = Pick<RegistrationMail, 'presentContact' | 'mailAddresses'>;

export function contactsBeside(customer: Reached, loginId: string): ContactsBeside {
  const beside = addressesBeside(customer, loginId);
  const shown = hidden(beside);
  const isPresent = beside[0] !== undefined && beside[0] === customer.contact_email;
  return { presentContact: isPresent ? (shown[0] ?? null) : null, mailAddresses: shown.slice(isPresent ? 1 : 0) };
}

/** The address that was chosen; null: it is none of those that the customer has. */
export function chosenContact(customer: Reached, loginId: string, choice: ContactChoice): string | null {
  if (choice === 'id') return loginId;
  if (choice === 'present') return customer.contact_email ?? loginId;
  const beside = addressesBeside(customer, loginId);
  return beside[hidden(beside).indexOf(choice)] ?? null;
}

function addressesBeside({ contact_email, mail_addresses }: Reached, loginId: string): readonly string[] {
  const present = contact_email === null ? [] : [contact_email];
  return [...new Set([...present, ...mail_addresses])].filter((address) => address !== loginId);
}

/** `y****@example.jp`: enough for their owner, and as much more as tells them apart. */
function hidden(addresses: readonly string[]): readonly RegistrationMail['mailAddresses'][number][] {
  for (let length = 1; ; length += 1) {
    const all = addresses.map((address) => {
      const at = address.lastIndexOf('@');
      return `${address.slice(0, Math.min(length, at))}****@${address.slice(at + 1)}` as const;
    });
    if (new Set(all).size === all.length) return all;
  }
}
