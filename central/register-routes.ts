import { accountRoutes } from './accounts/routes.ts';
import { auditRoutes } from './audit/routes.ts';
import { authorizationRoutes } from './authorization/routes.ts';
import { captureRoutes } from './captures/routes.ts';
import { confirmationPages } from './codes/confirmation-pages.ts';
import { codeRoutes } from './codes/routes.ts';
import { customerRoutes } from './customer/routes.ts';
import { demoEnrolmentRoute } from './demo/enrolment.ts';
import type { MailCatcher } from './demo/mail-catcher.ts';
import { demoMailRoutes } from './demo/mail-routes.ts';
import { draftRoutes } from './drafts/routes.ts';
import { fleetRoutes, heartbeatRoute } from './fleet/routes.ts';
import { requireToken } from './http/authentication.ts';
import { NOT_FOUND, sendFailure } from './http/tmf-failure.ts';
import type { RescueKey } from './identity/rescue-key.ts';
import { terminalRoutes } from './identity/routes.ts';
import { createSeal } from './identity/seal.ts';
import type { SigningKey } from './identity/signing-key.ts';
import type { Tokens } from './identity/tokens.ts';
import { communicationRoutes } from './mail/routes.ts';
import { oneTimePages } from './one-time/one-time-pages.ts';
import { oneTimeRoutes } from './one-time/routes.ts';
import type { noteRoutes } from './openapi/routes.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { partyInteractionRoutes } from './party-interaction/routes.ts';
import { partyRoutes } from './party/routes.ts';
import { resetWayRoutes } from './password-resets/reset-way-routes.ts';
import { passwordResetRoutes } from './password-resets/routes.ts';
import { paymentMethodRoutes } from './payment-method/routes.ts';
import type { Clocks, Timers } from './ports.ts';
import { phonePages } from './phone/phone-pages.ts';
import { phoneRoutes } from './phone/routes.ts';
import { productCatalogRoutes } from './product-catalog/routes.ts';
import { productInventoryRoutes } from './product-inventory/routes.ts';
import type { OrderingContext } from './product-ordering/accept-order.ts';
import { productOrderingRoutes } from './product-ordering/routes.ts';
import { productStockRoutes } from './product-stock/routes.ts';
import { qualificationRoutes } from './qualification/routes.ts';
import { recordChangeRoutes } from './record-changes/routes.ts';
import { registrationRoutes } from './registration/routes.ts';
import { rescueRoutes } from './rescue/routes.ts';
import type { Services } from './services.ts';
import { createManagerSessions } from './shop-pages/manager-session.ts';
import { shopPages } from './shop-pages/routes.ts';
import { staffCallRoutes } from './staff-calls/routes.ts';
import { staffAdministrationRoutes } from './staff/administration.ts';
import { staffRoutes } from './staff/routes.ts';
import type { Database } from './store/schema.ts';
import { terminalAdministrationRoutes } from './terminals/routes.ts';
import { shopAdministrationRoutes } from './terminals/shop-administration.ts';
import { terminalsInService } from './terminals/terminal-store.ts';
import { usageConsumptionRoutes } from './usage-consumption/routes.ts';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { Provider } from 'oidc-provider';

/** All that central answers, each part behind the door that it needs. */
export async function registerRoutes(
  app: FastifyInstance,
  parts: {
    readonly context: OrderingContext;
    readonly services: Services;
    readonly db: Database;
    readonly clocks: Clocks;
    readonly timers: Timers;
    readonly logger: FastifyBaseLogger;
    readonly demo: boolean;
    readonly tokens: Tokens;
    readonly server: () => Provider;
    readonly routes: ReturnType<typeof noteRoutes>;
    readonly catcher: MailCatcher | null;
    readonly publicUrl: () => string;
    readonly signingKey: SigningKey;
    readonly rescueKey: RescueKey;
    readonly isSecure: boolean;
  },
): Promise<void> {
  const { context, services, db, clocks, timers, logger, demo, tokens, server, routes, catcher } = parts;
  const { publicUrl, signingKey, rescueKey, isSecure } = parts;
  const { onMail } = context;
  const { signIn, verifyStaff, mailCustomer, provePresent, changePassword, codes, recordChanges, contacts } = services;
  const { registrations, passwordResets, questionResets, oneTimePasswords, handOvers, sentPictures } = services;
  const fleet = { db, clocks, knownTerminals: () => terminalsInService(db) };
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
    fleetRoutes(pages, fleet, tokens, isSecure);
    done();
  });
  await app.register((open, _options, done) => {
    const sessions = createManagerSessions(signingKey, clocks);
    shopPages(open, { db, clocks, sessions, verifyStaff, server, publicUrl });
    done();
  });
  await app.register((pages, _options, done) => {
    confirmationPages(pages, { codes, whenProved: contacts.settle, onMail });
    done();
  });
  await app.register((pages, _options, done) => {
    oneTimePages(pages, {
      ...{ db, clocks, codes, registrations, oneTimePasswords, onMail },
      isSecure,
    });
    done();
  });
  await app.register((pages, _options, done) => {
    phonePages(pages, { handOvers, sentPictures, isSecure });
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
    accountRoutes(closed, { ...context, mailCustomer, changePassword, provePresent, onMail });
    codeRoutes(closed, codes);
    recordChangeRoutes(closed, { recordChanges, onMail });
    passwordResetRoutes(closed, { passwordResets, questionResets, onMail });
    resetWayRoutes(closed, { db, clocks });
    registrationRoutes(closed, { registrations, onMail });
    oneTimeRoutes(closed, oneTimePasswords);
    captureRoutes(closed, { db, clocks, tokens, seal: createSeal(signingKey, 'madoguchi capture seal') });
    phoneRoutes(closed, handOvers);
    draftRoutes(closed, { db, clocks, seal: createSeal(signingKey, 'madoguchi draft seal') }, tokens);
    heartbeatRoute(closed, fleet);
    terminalRoutes(closed, { db, clocks, demo, rescueKey: rescueKey, signIn });
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
}
