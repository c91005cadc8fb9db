import { z } from 'zod';
import { tmfCommunicationMessageSchema } from '../../shared/central-api/communication.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { call } from './client.ts';

/** TMF681 as that token sees it. */
export async function listMessages(url: string, token: string, query = '') {
  const answer = await call(`${url}${CENTRAL_PATHS.communicationMessage}${query}`, { token });
  return z.array(tmfCommunicationMessageSchema).parse(answer.json());
}
