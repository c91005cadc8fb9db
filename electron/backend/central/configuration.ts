import { createPublicKey, type KeyObject } from 'node:crypto';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { type Configuration, configurationSchema } from '../../../shared/central-api/terminal-v1.ts';
import { tolerant } from '../../../shared/domain/tolerant.ts';
import type { DocumentKeeper } from '../database/kept-document.ts';
import { isDiskFailure } from '../database/open-database.ts';
import type { Logger } from '../log/logger.ts';
import type { CentralAnswer } from './central-answer.ts';
import type { CentralClient } from './central-client.ts';

const TIMEOUT_MS = 4_000;

export function fetchConfiguration(client: CentralClient): Promise<CentralAnswer<Configuration>> {
  return client.call({ method: 'GET', path: CENTRAL_PATHS.configuration, timeoutMs: TIMEOUT_MS }, configurationSchema);
}

export interface ConfigurationHolder {
  /** null: central was never reached by this terminal. */
  current(): { readonly configuration: Configuration; readonly rescueKey: KeyObject } | null;
  keep(configuration: Configuration, asOf: number): void;
  /** It was another terminal's: this one's code or shop has changed. */
  forget(): void;
}

/** The last configuration, from the database on. One whose rescue key can't be read is not taken over. */
export function holdConfiguration(keeper: DocumentKeeper, log: Logger): ConfigurationHolder {
  let current = parseKept(keeper.read()?.body);
  let kept = keeper.read()?.body;
  return {
    current: () => current,
    keep: (configuration, asOf) => {
      const body = JSON.stringify(configuration);
      if (body === kept) return;
      const next = parseKept(body);
      if (next === null) return;
      current = next;
      try {
        keeper.write({ version: configuration.rescueKey.id, etag: null, asOf, body });
        kept = body;
      } catch (error) {
        if (!isDiskFailure(error)) throw error;
        // The terminal works with it all the same; it is kept as soon as central says it once more.
        log.error({ code: 'disk-failure' }, 'configuration not kept');
      }
    },
    forget: () => {
      keeper.remove();
      current = null;
      kept = undefined;
    },
  };
}

function parseKept(body: string | undefined): ReturnType<ConfigurationHolder['current']> {
  if (body === undefined) return null;
  try {
    const configuration = tolerant(configurationSchema).parse(JSON.parse(body));
    return { configuration, rescueKey: createPublicKey(configuration.rescueKey.publicKeyPem) };
  } catch {
    return null;
  }
}
