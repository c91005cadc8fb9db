import type { FastifyInstance } from 'fastify';
import type { TmfIndividual } from '../../shared/central-api/party.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { contactMedium } from '../customer/routes.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { type CustomerRow, listedIndividuals } from '../store/customers.ts';

/** TMF632 */
export function partyRoutes(app: FastifyInstance, context: ReadContext): void {
  readRoutes(app, context, {
    name: 'individual',
    path: CENTRAL_PATHS.individual,
    listed: listedIndividuals,
    scope: ownOnly('number'),
    ownerOf: (row) => row.number,
    render: toTmf,
  });
}

function toTmf(row: CustomerRow, href: string): TmfIndividual & Resource {
  return {
    id: row.individual_id,
    href,
    fullName: row.full_name,
    familyName: row.family_name,
    givenName: row.given_name,
    status: 'validated',
    contactMedium: contactMedium(row),
    partyCharacteristic: [{ name: 'kana', value: row.kana, valueType: 'string' }],
    '@type': 'Individual',
  };
}
