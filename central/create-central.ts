import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';
import { businessDate } from '../shared/domain/business-time.ts';
import { err, ok, type Result } from '../shared/domain/result.ts';
import { createChangePassword } from './accounts/change-password.ts';
import { createProvePresent } from './accounts/prove-present.ts';
import { accountRoutes } from './accounts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { createAuthorizationServer } from './authorization/authorization-server.ts';
import { authorizationRoutes } from './authorization/routes.ts';
import { createCodes } from './codes/codes.ts';
import { confirmationPages } from './codes/confirmation-pages.ts';
import { createMailCode } from './codes/mail-code.ts';
import { codeRoutes } from './codes/routes.ts';
import { eraseAbandoned } from './captures/capture-store.ts';
import { captureRoutes } from './captures/routes.ts';
import { customerRoutes } from './customer/routes.ts';
import { lockDataDirectory, openDataDirectory } from './data-directory.ts';
import { DEMO_ENROLMENT_PATH, demoEnrolmentRoute } from './demo/enrolment.ts';
import { startMailCatcher } from './demo/mail-catcher.ts';
import { demoMailRoutes } from './demo/mail-routes.ts';
import { seedDemo } from './demo/seed.ts';
import { fleetRoutes, heartbeatRoute } from './fleet/routes.ts';
import type { OrderingContext } from './product-ordering/accept-order.ts';
import { traceOrders } from './product-ordering/trace-orders.ts';
import { type Simulator, startSimulator } from './fulfilment/simulator.ts';
import { startSwitchOver } from './fulfilment/switch-over.ts';
import { requireToken } from './http/authentication.ts';
import { refuseOverload } from './http/overload.ts';
import { createServer } from './http/server.ts';
import { NOT_FOUND, sendFailure } from './http/tmf-failure.ts';
import { loadIdentityPolicy } from './identity/identity-policy.ts';
import { demoRescueKey, operatorRescueKey, type RescueKey } from './identity/rescue-key.ts';
import { terminalRoutes } from './identity/routes.ts';
import { createSignIn } from './identity/sign-in.ts';
import { openSigningKey } from './identity/signing-key.ts';
import { createTokens } from './identity/tokens.ts';
import { createMailCustomer } from './mail/mail-customer.ts';
import { createSeal } from './identity/seal.ts';
import { createMailSeal } from './mail/mail-seal.ts';
import { domainOf, type MailSettings } from './mail/mail-settings.ts';
import { eraseExpired } from './mail/mail-store.ts';
import { startMailer } from './mail/mailer.ts';
import type { OrderMailContext } from './mail/order-mails.ts';
import { communicationRoutes } from './mail/routes.ts';
import { createSmtp } from './mail/smtp.ts';
import { noteRoutes, openApiRoutes } from './openapi/routes.ts';
import { createOneTimePasswords } from './one-time/one-time-passwords.ts';
import { oneTimePages } from './one-time/one-time-pages.ts';
import { oneTimeRoutes } from './one-time/routes.ts';
import { partyInteractionRoutes } from './party-interaction/routes.ts';
import { createPasswordResets } from './password-resets/password-resets.ts';
import { createQuestionResets } from './password-resets/question-resets.ts';
import { createWayOfNobody } from './password-resets/reset-way.ts';
import { resetWayRoutes } from './password-resets/reset-way-routes.ts';
import { passwordResetRoutes } from './password-resets/routes.ts';
import { partyRoutes } from './party/routes.ts';
import type { Clocks, Timers } from './ports.ts';
import { paymentMethodRoutes } from './payment-method/routes.ts';
import { loadCatalog } from './product-catalog/load-catalog.ts';
import { productCatalogRoutes } from './product-catalog/routes.ts';
import { productInventoryRoutes } from './product-inventory/routes.ts';
import { productOrderingRoutes } from './product-ordering/routes.ts';
import { productStockRoutes } from './product-stock/routes.ts';
import { qualificationRoutes } from './qualification/routes.ts';
import { createMailTakenId } from './registration/mail-taken-id.ts';
import { createQueuedContacts } from './record-changes/queued-contact.ts';
import { createRecordChanges } from './record-changes/record-changes.ts';
import { recordChangeRoutes } from './record-changes/routes.ts';
import { createRegistrations } from './registration/registrations.ts';
import { registrationRoutes } from './registration/routes.ts';
import { rescueRoutes } from './rescue/routes.ts';
import { eraseExpiredDrafts } from './drafts/draft-store.ts';
import { draftRoutes } from './drafts/routes.ts';
import { startEraser } from './retention/eraser.ts';
import { createManagerSessions } from './shop-pages/manager-session.ts';
import { shopPages } from './shop-pages/routes.ts';
import { staffAdministrationRoutes } from './staff/administration.ts';
import { staffCallRoutes } from './staff-calls/routes.ts';
import { staffRoutes } from './staff/routes.ts';
import { createVerifyStaff } from './staff/verify-staff.ts';
import { errorText, type StartFailure } from './start-failure.ts';
import { openDatabase } from './store/open-database.ts';
import { shopAdministrationRoutes } from './terminals/shop-administration.ts';
import { terminalAdministrationRoutes } from './terminals/routes.ts';
import { shopOfTerminal, terminalsInService } from './terminals/terminal-store.ts';
import { usageConsumptionRoutes } from './usage-consumption/routes.ts';

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

  const trace = traceOrders({ db, logger });
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
  const signIn = await createSignIn({ db, clocks, timers, tokens });
  const verifyStaff = await createVerifyStaff(db, clocks);
  const mailCustomer = createMailCustomer(orderMails);
  const provePresent = await createProvePresent({ db, clocks });
  const changePassword = createChangePassword({ db, clocks, mailCustomer, provePresent });
  const codes = await createCodes({ db, clocks, mailCode: createMailCode({ ...orderMails, seal, publicUrl }) });
  const recordChanges = createRecordChanges({ db, clocks, codes, mailCustomer });
  const contacts = createQueuedContacts({ clocks, codes, mailCustomer });
  const registrations = createRegistrations({
    ...{ db, clocks, codes, mailCustomer },
    mailTakenId: createMailTakenId({ clocks, demo }),
  });
  const passwordResets = createPasswordResets({
    ...{ db, clocks, codes, mailCustomer },
    wayOfNobody: createWayOfNobody({ db, clocks }, signingKey.value),
  });
  const questionResets = createQuestionResets({ db, clocks, codes, mailCustomer });
  const oneTimePasswords = await createOneTimePasswords({ db, clocks, registrations, publicUrl });
  closers.push(
    startEraser({
      kinds: {
        codes: codes.eraseOver,
        recordChanges: recordChanges.eraseOver,
        registrations: registrations.eraseOver,
        passwordResets: passwordResets.eraseOver,
        oneTimePasswords: oneTimePasswords.eraseOver,
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
  let simulator: Simulator | null = null;
  const context: OrderingContext = {
    ...orderMails,
    contacts,
    db,
    publicUrl,
    identityPolicy: identityPolicy.value,
    isDemo: demo,
    reached: trace.reached,
    changeOrders: async (work) => {
      const result = await trace.changeOrders(work);
      simulator?.wake();
      wakeMailer();
      return result;
    },
  };
  const fleet = {
    db,
    clocks,
    knownTerminals: () => terminalsInService(db),
  };
  await app.register((open, _options, done) => {
    if (catcher !== null) demoMailRoutes(open, catcher);
    if (demo) demoEnrolmentRoute(open, { db, clocks, server });
    done();
  });
  await app.register((open, _options, done) => {
    openApiRoutes(open, routes, publicUrl);
    done();
  });
  await app.register((open, _options, done) => {
    authorizationRoutes(open, { db, clocks, server });
    done();
  });
  await app.register((pages, _options, done) => {
    fleetRoutes(pages, fleet, tokens, options.publicUrl?.startsWith('https:') ?? false);
    done();
  });
  await app.register((open, _options, done) => {
    const sessions = createManagerSessions(signingKey.value, clocks);
    shopPages(open, { db, clocks, sessions, verifyStaff, server, publicUrl });
    done();
  });
  await app.register((pages, _options, done) => {
    confirmationPages(pages, { codes, whenProved: contacts.settle, onMail: wakeMailer });
    done();
  });
  await app.register((pages, _options, done) => {
    oneTimePages(pages, {
      ...{ db, clocks, codes, registrations, oneTimePasswords, onMail: wakeMailer },
      isSecure: options.publicUrl?.startsWith('https:') ?? false,
    });
    done();
  });
  await app.register((closed, _options, done) => {
    requireToken(closed, { db, tokens });
    productCatalogRoutes(closed, context);
    productInventoryRoutes(closed, context);
    qualificationRoutes(closed, context);
    productStockRoutes(closed, context);
    paymentMethodRoutes(closed, context);
    customerRoutes(closed, context);
    partyRoutes(closed, context);
    productOrderingRoutes(closed, context, tokens);
    rescueRoutes(closed, context, tokens);
    communicationRoutes(closed, context);
    accountRoutes(closed, { ...context, mailCustomer, changePassword, provePresent, onMail: wakeMailer });
    codeRoutes(closed, codes);
    recordChangeRoutes(closed, { recordChanges, onMail: wakeMailer });
    passwordResetRoutes(closed, { passwordResets, questionResets, onMail: wakeMailer });
    resetWayRoutes(closed, { db, clocks });
    registrationRoutes(closed, { registrations, onMail: wakeMailer });
    oneTimeRoutes(closed, oneTimePasswords);
    captureRoutes(closed, { db, clocks, tokens });
    draftRoutes(closed, { db, clocks, seal: createSeal(signingKey.value, 'madoguchi draft seal') }, tokens);
    heartbeatRoute(closed, fleet);
    terminalRoutes(closed, { db, clocks, demo, rescueKey: rescueKey.value, signIn });
    terminalAdministrationRoutes(closed, context);
    shopAdministrationRoutes(closed, { db, clocks });
    staffRoutes(closed, { db, clocks, tokens, verifyStaff });
    staffAdministrationRoutes(closed, context);
    staffCallRoutes(closed, { db, clocks, timers, logger });
    partyInteractionRoutes(closed, context);
    usageConsumptionRoutes(closed, context);
    auditRoutes(closed, context);
    for (const unknown of ['/tmf-api/*', '/terminal/*', '/operator/*']) {
      closed.all(unknown, (_request, reply) => sendFailure(reply, NOT_FOUND));
    }
    done();
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
