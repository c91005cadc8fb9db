import { writeSync } from 'node:fs';
import { centralAddressSchema } from '../shared/central-api/central-address.ts';
import { cantHappen } from '../shared/domain/cant-happen.ts';
import { ok } from '../shared/domain/result.ts';
import { type Command, parseCommand } from './cli/options.ts';
import { type Central, createCentral } from './create-central.ts';
import { openDataDirectory } from './data-directory.ts';
import type { OperatorScope } from './identity/caller.ts';
import { openSigningKey } from './identity/signing-key.ts';
import { createTokens } from './identity/tokens.ts';
import { createLogger } from './logger.ts';
import { readMailSettings } from './mail/mail-settings.ts';
import { clocksFrom, systemTimers } from './ports.ts';
import { shippedIdentityPolicyPath } from './identity/identity-policy.ts';
import { shippedCatalogPath } from './product-catalog/load-catalog.ts';
import { importRescueFile } from './rescue/import-rescue-file.ts';
import type { StartFailure } from './start-failure.ts';

const env = process.env;

const command = parseCommand(process.argv.slice(2));
if (!command.ok) refuse(command.error);
else await run(command.value);

async function run(options: Command): Promise<void> {
  switch (options.kind) {
    case 'token':
      process.stdout.write(`${await operatorToken(options.dataDirectory, options.scopes)}\n`);
      return;
    case 'rescue': {
      const { file, keyFile, central, dataDirectory } = options;
      const token = await operatorToken(dataDirectory, ['operator']);
      const report = await importRescueFile({ file, keyFile, central, token });
      if (!report.ok) refuse({ code: 'rescue', message: report.error });
      process.stdout.write(`${JSON.stringify(report.value)}\n`);
      return;
    }
    case 'serve':
      await serve(options);
      return;
    default:
      cantHappen(options);
  }
}

async function serve(options: Extract<Command, { kind: 'serve' }>): Promise<void> {
  const databaseUrl = env['DATABASE_URL'] || null;
  if (databaseUrl === null && !options.demo) {
    refuse({ code: 'options', message: 'without --demo, DATABASE_URL names the PostgreSQL database' });
  }
  const mail = options.demo ? ok(null) : readMailSettings(env);
  if (!mail.ok) refuse(mail.error);
  // A link proves whose mailbox it came to: it leads somewhere, and not in the clear.
  if (mail.value !== null && !centralAddressSchema.safeParse(options.publicUrl).success) {
    refuse({
      code: 'options',
      message:
        'with SMTP_URL, --public-url is the https address that links in mails lead to (http is for loopback only)',
    });
  }
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
    identityPolicyFile: shippedIdentityPolicyPath(import.meta.dirname),
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

async function operatorToken(dataDirectory: string, scopes: readonly OperatorScope[]): Promise<string> {
  const directory = openDataDirectory(dataDirectory);
  if (!directory.ok) refuse(directory.error);
  const key = await openSigningKey(directory.value);
  if (!key.ok) refuse(key.error);
  return createTokens(key.value, clocksFrom(null)).forOperator(scopes);
}

function refuse(failure: StartFailure): never {
  // PGlite and timers may keep the process alive: it ends here, with the line written.
  writeSync(2, `central: ${failure.message.replaceAll(/\s*\n\s*/g, ' ')}\n`);
  process.exit(2);
}
