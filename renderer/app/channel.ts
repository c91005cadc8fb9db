import type { ContractRouterClient } from '@orpc/contract';
import type { contract } from '../../shared/contract/contract.ts';

export type Client = ContractRouterClient<typeof contract>;

export interface Channel {
  readonly client: Client;
  /** Resolves when the channel is gone; nothing that was asked over it is answered any more. */
  readonly closed: Promise<void>;
  close(): void;
}
