import type { FastifyInstance } from 'fastify';
import { DAYTIME, OPERATOR_MAIL, type TmfCustomer, WANTS_NEWS } from '../../shared/central-api/party.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { type CustomerRow, listedCustomers } from '../store/customers.ts';

/** TMF629 */
export function customerRoutes(app: FastifyInstance, context: ReadContext): void {
  readRoutes(app, context, {
    name: 'customer',
    path: CENTRAL_PATHS.customer,
    listed: listedCustomers,
    scope: ownOnly('number'),
    ownerOf: (row) => row.number,
    render: (row, href) => toTmf(row, href, context.publicUrl()),
  });
}

function toTmf(row: CustomerRow, href: string, publicUrl: string): TmfCustomer & Resource {
  return {
    id: row.number,
    href,
    name: row.full_name,
    status: 'Approved',
    engagedParty: {
      id: row.individual_id,
      href: `${publicUrl}${CENTRAL_PATHS.individual}/${row.individual_id}`,
      name: row.full_name,
      '@referredType': 'Individual',
    },
    contactMedium: [
      ...contactMedium(row),
      ...row.mail_addresses.map((emailAddress) => ({
        ...{ mediumType: 'email', preferred: false, characteristic: { emailAddress, contactType: OPERATOR_MAIL } },
      })),
    ],
    characteristic: [
      { name: 'dwelling', value: row.dwelling, valueType: 'string' },
      { name: WANTS_NEWS, value: row.wants_news, valueType: 'boolean' },
    ],
    '@type': 'Customer',
  };
}

export function contactMedium(
  row: Pick<CustomerRow, 'contact_email' | 'phone' | 'address' | 'daytime_phone'>,
): NonNullable<TmfCustomer['contactMedium']> {
  return [
    ...(row.contact_email === null
      ? []
      : [{ mediumType: 'email', preferred: true, characteristic: { emailAddress: row.contact_email } }]),
    { mediumType: 'phone', characteristic: { phoneNumber: row.phone } },
    ...(row.daytime_phone === null
      ? []
      : [{ mediumType: 'phone', characteristic: { phoneNumber: row.daytime_phone, contactType: DAYTIME } }]),
    { mediumType: 'postalAddress', characteristic: { street1: row.address } },
  ];
}
