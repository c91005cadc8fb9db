import { writeSync } from 'node:fs';
import { ok } from '../shared/domain/result.ts';
import { type Command, parseCommand } from './cli/options.ts';
import { type Central, createCentral } from './create-central.ts';
import { openDataDirectory } from './data-directory.ts';
import { openSigningKey } from './identity/signing-key.ts';
import { createTokens } from './identity/tokens.ts';
import { createLogger } from './logger.ts';
import { readMailSettings } from './mail/mail-settings.ts';
import { clocksFrom, systemTimers } from './ports.ts';
import { shippedCatalogPath } from './product-catalog/load-catalog.ts';
import type { StartFailure } from './start-failure.ts';

const env = process.env;

const command = parseCommand(process.argv.slice(2));
if (!command.ok) refuse(command.error);
else if (command.value.kind === 'token') await printToken(command.value);
else await serve(command.value);

async function serve(options: Extract<Command, { kind: 'serve' }>): Promise<void> {
  const databaseUrl = env['DATABASE_URL'] || null;
  if (databaseUrl === null && !options.demo) {
    refuse({ code: 'options', message: 'without --demo, DATABASE_URL names the PostgreSQL database' });
  }
  const mail = options.demo ? ok(null) : readMailSettings(env);
  if (!mail.ok) refuse(mail.error);
  const logger = createLogger();
  // A demo mails nobody, whatever the environment was set up for.
  if (options.demo && env['SMTP_URL']) logger.warn('SMTP_URL is not used with --demo: its own catcher takes the mails');
  const central = await createCentral({
    port: options.port,
    dataDirectory: options.dataDirectory,
    databaseUrl,
    demo: options.demo,
    rescuePublicKeyFile: env['RESCUE_PUBLIC_KEY_FILE'] || null,
    publicUrl: options.publicUrl,
    catalogFile: env['CATALOG_FILE'] || shippedCatalogPath(import.meta.dirname),
    mail: mail.value,
    random: Math.random,
    clocks: clocksFrom(options.clock),
    timers: systemTimers,
    logger,
  });
  if (!central.ok) refuse(central.error);
  closeOnSignal(central.value);
  process.stdout.write(`${JSON.stringify({ ready: central.value.url })}\n`);
}

function closeOnSignal(central: Central): void {
  const end = (): void => {
    void central.close().finally(() => process.exit(0));
  };
  process.once('SIGTERM', end);
  process.once('SIGINT', end);
}

async function printToken({ scopes, dataDirectory }: Extract<Command, { kind: 'token' }>): Promise<void> {
  const directory = openDataDirectory(dataDirectory);
  if (!directory.ok) refuse(directory.error);
  const key = await openSigningKey(directory.value);
  if (!key.ok) refuse(key.error);
  process.stdout.write(`${await createTokens(key.value, clocksFrom(null)).forOperator(scopes)}\n`);
}

function refuse(failure: StartFailure): never {
  // PGlite and timers may keep the process alive: it ends here, with the line written.
  writeSync(2, `central: ${failure.message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exit(2);
}
