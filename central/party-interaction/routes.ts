import type { FastifyInstance } from 'fastify';
import { customerParty } from '../../shared/central-api/common.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { err, ok } from '../../shared/domain/result.ts';
import { type ReadContext, type ReadableResource, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { forbidden } from '../http/tmf-failure.ts';
import { columnIs } from '../store/list-table.ts';
import { type InteractionRow, listedInteractions } from './interaction.ts';

/** TMF683, for reading: what happened at the counters. */
export function partyInteractionRoutes(app: FastifyInstance, context: ReadContext): void {
  readRoutes(app, context, {
    name: 'partyInteraction',
    path: CENTRAL_PATHS.partyInteraction,
    listed: listedInteractions,
    scope: interactionScope,
    ownerOf: (row) => row.customer_number,
    render: (row, href) => toTmf(row, href, context.publicUrl()),
  });
}

const interactionScope: ReadableResource<unknown>['scope'] = (caller) => {
  switch (caller.kind) {
    case 'operator':
      return ok([]);
    case 'staff':
      return ok([columnIs('shop', caller.shop)]);
    case 'terminal':
    case 'customer':
      return err(forbidden('The visit log is for operators and the staff of the shop'));
  }
};

function toTmf(row: InteractionRow, href: string, publicUrl: string): Resource {
  const at = row.at.toISOString();
  const visit = row.details;
  return {
    id: row.id,
    href,
    creationDate: at,
    direction: 'inbound',
    interactionDate: { startDateTime: at, endDateTime: at },
    reason: visit.kind,
    status: 'completed',
    statusChangeDate: at,
    relatedParty: [
      customerParty(row.customer_number),
      ...(row.staff_number === null ? [] : [{ id: row.staff_number, role: 'staff', '@referredType': 'Individual' }]),
      ...(row.shop === null ? [] : [{ id: row.shop, role: 'shop', '@referredType': 'Organization' }]),
    ],
    relatedChannel:
      row.terminal_code === null
        ? []
        : [{ id: row.terminal_code, name: row.terminal_code, role: 'terminal', '@referredType': 'Channel' }],
    interactionItem:
      row.order_id === null
        ? []
        : [
            {
              id: '1',
              reason: visit.kind,
              item: {
                id: row.order_id,
                href: `${publicUrl}${CENTRAL_PATHS.productOrder}/${row.order_id}`,
                '@referredType': 'ProductOrder',
              },
            },
          ],
    /** What TMF683 has no attribute for. */
    visit: { ...visit, sessionId: row.session_id },
    '@type': 'MadoguchiPartyInteraction',
    '@baseType': 'PartyInteraction',
  };
}
