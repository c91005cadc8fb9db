import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import { businessDate } from '../shared/domain/business-time.ts';
import { err, ok, type Result } from '../shared/domain/result.ts';
import { createAuthorizationServer } from './authorization/authorization-server.ts';
import { eraseAbandoned } from './captures/capture-store.ts';
import { lockDataDirectory, openDataDirectory } from './data-directory.ts';
import { DEMO_ENROLMENT_PATH } from './demo/enrolment.ts';
import { startMailCatcher } from './demo/mail-catcher.ts';
import { seedDemo } from './demo/seed.ts';
import type { OrderingContext } from './product-ordering/accept-order.ts';
import { traceOrders } from './product-ordering/trace-orders.ts';
import { type Simulator, startSimulator } from './fulfilment/simulator.ts';
import { startSwitchOver } from './fulfilment/switch-over.ts';
import { refuseOverload } from './http/overload.ts';
import { createServer } from './http/server.ts';
import { loadIdentityPolicy } from './identity/identity-policy.ts';
import { demoRescueKey, operatorRescueKey, type RescueKey } from './identity/rescue-key.ts';
import { openSigningKey } from './identity/signing-key.ts';
import { createTokens } from './identity/tokens.ts';
import { createMailSeal } from './mail/mail-seal.ts';
import { domainOf, type MailSettings } from './mail/mail-settings.ts';
import { eraseExpired } from './mail/mail-store.ts';
import { startMailer } from './mail/mailer.ts';
import type { OrderMailContext } from './mail/order-mails.ts';
import { createSmtp } from './mail/smtp.ts';
import { noteRoutes } from './openapi/routes.ts';
import type { Clocks, Timers } from './ports.ts';
import { registerRoutes } from './register-routes.ts';
import { createServices } from './services.ts';
import { loadCatalog } from './product-catalog/load-catalog.ts';
import { eraseExpiredDrafts } from './drafts/draft-store.ts';
import { startEraser } from './retention/eraser.ts';
import { errorText, type StartFailure } from './start-failure.ts';
import { openDatabase } from './store/open-database.ts';
import { shopOfTerminal } from './terminals/terminal-store.ts';

export interface CentralOptions {
  /** 0: any free port. Bound on 127.0.0.1 only. */
  readonly port: number;
  readonly dataDirectory: string;
  /** null: PGlite in the data folder, for demo and development only. */
  readonly databaseUrl: string | null;
  /** Demo shop, staff and customers, terminals that enrol themselves, a rescue key of its own, the simulator, mails caught. */
  readonly demo: boolean;
  /** The operator's rescue key (SPKI PEM), wanted without `demo`. */
  readonly rescuePublicKeyFile: string | null;
  /** How others reach central, without a slash at the end; null: the address that it listens on. */
  readonly publicUrl: string | null;
  readonly catalogFile: string;
  readonly identityPolicyFile: string;
  /** null: `demo`'s own catcher takes the mails; without `demo` they wait. */
  readonly mail: MailSettings | null;
  readonly clocks: Clocks;
  readonly timers: Timers;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly logger: FastifyBaseLogger;
}

export interface Central {
  /** Where it listens, e.g. `http://127.0.0.1:8610`. */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** Opens everything in turn; what was opened is closed again when a later part fails. */
export async function createCentral(options: CentralOptions): Promise<Result<Central, StartFailure>> {
  const { clocks, timers, logger, demo } = options;
  const closers: (() => Promise<void> | void)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  const fail = async (error: StartFailure): Promise<Result<Central, StartFailure>> => {
    await close();
    return err(error);
  };

  const directory = openDataDirectory(options.dataDirectory);
  if (!directory.ok) return directory;
  const catalog = loadCatalog(options.catalogFile);
  if (!catalog.ok) return catalog;
  const identityPolicy = loadIdentityPolicy(options.identityPolicyFile);
  if (!identityPolicy.ok) return identityPolicy;
  if (options.databaseUrl === null) {
    const lock = lockDataDirectory(directory.value);
    if (!lock.ok) return lock;
    closers.push(lock.value.release);
  }
  const rescueKey = await openRescueKey(options);
  if (!rescueKey.ok) return fail(rescueKey.error);
  const signingKey = await openSigningKey(directory.value);
  if (!signingKey.ok) return fail(signingKey.error);

  const opened = await openDatabase(
    options.databaseUrl === null
      ? { kind: 'pglite', dataDirectory: directory.value }
      : { kind: 'postgres', url: options.databaseUrl },
    logger,
  );
  if (!opened.ok) return fail(opened.error);
  const db = opened.value;
  closers.push(() => db.destroy());
  if (demo) {
    try {
      await seedDemo(db, catalog.value, businessDate(clocks.business()));
    } catch (error) {
      return fail({ code: 'database', message: `cannot put in the demo data: ${errorText(error)}` });
    }
  }

  const catcher = demo ? await startMailCatcher(join(directory.value, 'mails'), logger) : null;
  if (catcher !== null) closers.push(catcher.close);
  const mail = options.mail ?? catcher?.settings ?? null;
  const seal = createMailSeal(signingKey.value);
  const mailer =
    mail === null
      ? null
      : startMailer({
          ...{ db, clocks, timers, random: options.random, logger },
          ...{ send: createSmtp(mail), seal, domain: domainOf(mail.from) },
        });
  if (mailer === null) logger.warn('without SMTP_URL no mail leaves: mails to customers wait in the database');
  else closers.push(mailer.stop);
  const wakeMailer = (): void => mailer?.wake();

  let simulator: Simulator | null = null;
  const trace = traceOrders({
    ...{ db, logger },
    onReached: () => {
      simulator?.wake();
      wakeMailer();
    },
  });
  const orderMails: OrderMailContext = {
    clocks,
    catalog: catalog.value,
    demo,
    shopOf: shopOfTerminal,
  };
  closers.push(startSwitchOver({ db, clocks, timers, logger }).stop);

  const app = createServer(logger);
  closers.push(() => app.close());
  refuseOverload(app, options.random);
  const routes = noteRoutes(app);
  const publicUrl = (): string => options.publicUrl ?? addressOf(app);
  const tokens = createTokens(signingKey.value, clocks);
  const services = await createServices({
    ...{ db, clocks, timers, demo, orderMails, tokens, seal, publicUrl },
    ...{ signingKey: signingKey.value, identityPolicy: identityPolicy.value },
  });
  const { codes, recordChanges, registrations, passwordResets, oneTimePasswords, contacts, handOvers } = services;
  closers.push(
    startEraser({
      kinds: {
        codes: codes.eraseOver,
        recordChanges: recordChanges.eraseOver,
        registrations: registrations.eraseOver,
        passwordResets: passwordResets.eraseOver,
        oneTimePasswords: oneTimePasswords.eraseOver,
        phonePictures: handOvers.eraseOver,
        captures: () => eraseAbandoned(db, clocks.system()),
        drafts: () => eraseExpiredDrafts({ db, clocks }),
        mails: () => eraseExpired(db, clocks.system()),
      },
      timers,
      logger,
    }).stop,
  );
  const server = once(() =>
    createAuthorizationServer(publicUrl(), {
      db,
      clocks,
      key: signingKey.value,
      logger,
      demoEnrolmentPath: demo ? DEMO_ENROLMENT_PATH : null,
    }),
  );
  const context: OrderingContext = {
    ...orderMails,
    contacts,
    db,
    publicUrl,
    identityPolicy: identityPolicy.value,
    isDemo: demo,
    reached: trace.reached,
    changeOrders: trace.changeOrders,
    onMail: wakeMailer,
  };
  await registerRoutes(app, {
    ...{ context, services, db, clocks, timers, logger, demo, tokens, server, routes, catcher, publicUrl },
    ...{ signingKey: signingKey.value, rescueKey: rescueKey.value },
    isSecure: options.publicUrl?.startsWith('https:') ?? false,
  });
  try {
    await app.listen({ host: '127.0.0.1', port: options.port });
  } catch (error) {
    return fail({ code: 'port', message: `cannot listen on port ${options.port}: ${errorText(error)}` });
  }
  // Its mails name the address, which is known from listening on.
  if (demo) {
    simulator = startSimulator({ ...context, timers, logger });
    closers.push(simulator.stop);
  }
  return ok({ url: addressOf(app), close });
}

/** The address, and with it the issuer, is known from listening on. */
function once(create: () => Provider): () => Provider {
  let created: Provider | undefined;
  return () => {
    created ??= create();
    return created;
  };
}

async function openRescueKey(options: CentralOptions): Promise<Result<RescueKey, StartFailure>> {
  if (options.rescuePublicKeyFile !== null) return operatorRescueKey(options.rescuePublicKeyFile);
  if (options.demo) return demoRescueKey(options.dataDirectory);
  return err({
    code: 'options',
    message: "without --demo, RESCUE_PUBLIC_KEY_FILE names the operator's rescue key (PEM)",
  });
}

function addressOf(app: FastifyInstance): string {
  const address = app.addresses()[0];
  return `http://127.0.0.1:${typeof address === 'object' ? address.port : ''}`;
}
