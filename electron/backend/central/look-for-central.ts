import { z } from 'zod';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import type { Configuration } from '../../../shared/central-api/terminal-v1.ts';
import type { CentralClient } from './central-client.ts';
import { fetchConfiguration } from './configuration.ts';

const TIMEOUT_MS = 4_000;
const ordersSchema = z.array(z.looseObject({ id: z.string() }));

/** `configuration` null: it is there, a BSS that has no house API. */
export type Found =
  | { readonly kind: 'there'; readonly configuration: Configuration | null }
  | { readonly kind: 'away' };

/**
 * Whether central is there. A BSS without the house API knows no configuration: then a question that every TMF622 answers
 * tells, and no portal that answers everything does. Nothing was ever ordered under that id.
 */
export async function lookForCentral(client: CentralClient): Promise<Found> {
  const answer = await fetchConfiguration(client);
  if (answer.kind === 'ok') return { kind: 'there', configuration: answer.body };
  if (answer.kind === 'no-answer') return { kind: 'away' };
  const query = new URLSearchParams({ externalId: 'none', limit: '1' }).toString();
  const orders = await client.call(
    { method: 'GET', path: `${CENTRAL_PATHS.productOrder}?${query}`, timeoutMs: TIMEOUT_MS },
    ordersSchema,
  );
  return orders.kind === 'ok' ? { kind: 'there', configuration: null } : { kind: 'away' };
}
