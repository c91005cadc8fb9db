import type { FastifyInstance } from 'fastify';
import type { TmfCommunicationMessage } from '../../shared/central-api/communication.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { ownOnly, type ReadContext, readRoutes } from '../http/read-routes.ts';
import type { Resource } from '../http/reply.ts';
import { listedMails, type MailRow } from './mail-store.ts';

/** TMF681, for reading: what customers were mailed and what became of it. */
export function communicationRoutes(app: FastifyInstance, context: ReadContext): void {
  readRoutes(app, context, {
    name: 'communicationMessage',
    path: CENTRAL_PATHS.communicationMessage,
    listed: listedMails,
    scope: ownOnly('customer_number'),
    ownerOf: (row) => row.customer_number,
    render: toTmf,
  });
}

function toTmf(row: MailRow, href: string): TmfCommunicationMessage & Resource {
  const text = (name: string, value: string) => ({ name, value, valueType: 'string' });
  return {
    id: row.id,
    href,
    state: row.state,
    messageType: 'Email',
    subject: row.subject,
    content: row.body,
    sendTime: row.queued_at.toISOString(),
    ...(row.sent_at === null ? {} : { sendTimeComplete: row.sent_at.toISOString() }),
    receiver: [
      {
        id: row.customer_number,
        ...(row.to_address === null ? {} : { email: row.to_address }),
        '@referredType': 'Customer',
      },
    ],
    characteristic: [
      text('about', row.about),
      text('kind', row.kind),
      text('language', row.language),
      { name: 'tries', value: row.tries, valueType: 'integer' },
      ...(row.failure === null ? [] : [text('failure', row.failure)]),
    ],
    '@type': 'CommunicationMessage',
  };
}
