import { EventPublisher } from '@orpc/server';
import { ok, type Result } from '../../shared/domain/result.ts';
import type { Calls } from '../../shared/contract/calls-state.ts';
import type { TerminalEvent } from '../../shared/contract/events.ts';
import { createApplicationDesk } from './applications/application-desk.ts';
import { createOwnCallDesk } from './calls/own-call.ts';
import { listenForShopCalls, noShopCalls } from './calls/shop-calls.ts';
import { createSlipMaker } from './applications/make-slip.ts';
import { createCaptureDesk } from './captures/capture-desk.ts';
import { createCaptureStore } from './captures/capture-store.ts';
import { createPhoneDesk } from './captures/phone-desk.ts';
import { createCatalogCache } from './catalog/catalog-cache.ts';
import { keepCatalogFresh } from './catalog/keep-catalog-fresh.ts';
import { startHeart } from './central/heartbeat.ts';
import type { BusinessClockSource } from './central/corrected-clock.ts';
import { createRouter } from './channel/router.ts';
import { type ChannelServer, createChannelServer } from './channel/serve-channel.ts';
import { createCloseDayDesk } from './close-day/close-day-desk.ts';
import { dayRows } from './close-day/day-rows.ts';
import { documentKeeper } from './database/kept-document.ts';
import { createDraftDesk } from './drafts/draft-desk.ts';
import { draftRows } from './drafts/draft-rows.ts';
import { createDraftSender } from './drafts/send-drafts.ts';
import { createDeviceDesk } from './devices/device-desk.ts';
import type { IdReader } from './devices/id-reader/id-reader.ts';
import type { Draw } from './drawing/drawing-job.ts';
import { createEnroller } from './enrolment/enrolment.ts';
import { leaveService } from './enrolment/leave-service.ts';
import { linkToCentral } from './link-to-central.ts';
import type { Logger } from './log/logger.ts';
import { openStore } from './open-store.ts';
import { createCourier } from './outbox/deliver.ts';
import { followOrders } from './outbox/follow-orders.ts';
import { outboxList } from './outbox/outbox-list.ts';
import { createOutbox } from './outbox/outbox.ts';
import { readSalvaged } from './outbox/salvaged.ts';
import { saveRescueFile } from './outbox/save-rescue-file.ts';
import { traceApplications } from './outbox/trace-applications.ts';
import { createSyncWorker } from './outbox/sync-worker.ts';
import type { TerminalKeyStore } from './outbox/terminal-key.ts';
import type { MonotonicClock, Random, SystemClock, Timers } from './ports.ts';
import { createEscPosPrinter, PRINTER_TIMINGS } from './printing/escpos-printer.ts';
import { linkTo } from './printing/printer-link.ts';
import { announceQueue } from './queue/announce-queue.ts';
import { createQueueDesk } from './queue/queue-desk.ts';
import { createRecordDesk } from './record/record-desk.ts';
import { createIssuedPasswordDesk } from './password-reset/issued-password-desk.ts';
import { createPasswordResetDesk } from './password-reset/password-reset-desk.ts';
import { createRegistrationDesk } from './registration/registration-desk.ts';
import { createReprintDesk } from './reprint/reprint-desk.ts';
import { reprintRows } from './reprint/reprint-rows.ts';
import { reportReprints } from './reprint/report-reprints.ts';
import { printRows } from './secrets/print-rows.ts';
import { createAddCableId } from './secrets/add-cable-id.ts';
import { createChangeDesk } from './secrets/change-desk.ts';
import { createOneTimeDesk } from './secrets/one-time-desk.ts';
import { createRevoker } from './secrets/revoker.ts';
import { createSecretDesk } from './secrets/secret-desk.ts';
import { createSessions, type Sessions } from './sessions/sessions.ts';
import { createKnownStaff } from './staff/known-staff.ts';
import { createStaffDesk } from './staff/staff-desk.ts';
import type { Settings } from './settings/settings.ts';
import type { StartError } from './start-error.ts';
import type { StepProbe } from './step-probe.ts';
import { reportHealth } from './report-health.ts';
import { reportStatus } from './terminal-status.ts';
import { createIdentityDesk } from './identity/identity-desk.ts';

export interface BackendInput {
  readonly settings: Settings;
  readonly dataDir: string;
  /** Folder with `terms/`. */
  readonly resourcesDir: string;
  readonly businessClock: BusinessClockSource;
  readonly keyStore: TerminalKeyStore;
  readonly draw: Draw;
  readonly idReader: IdReader;
  readonly log: Logger;
  readonly ports: {
    readonly system: SystemClock;
    readonly monotonic: MonotonicClock;
    readonly timers: Timers;
    readonly random: Random;
    readonly probe: StepProbe;
  };
}

export interface Backend {
  /** Takes a page's connection. */
  serve: ChannelServer['serve'];
  /** Customers' and staff's; of these only who is at work counts as running. */
  readonly sessions: Pick<Sessions, 'running' | 'endAll'>;
  onCustomerLeft(listener: () => void): void;
  /** Whether a customer is at a screen that takes a picture: only then may the page have the camera. */
  isCapturing(): boolean;
  /** Resolves when the terminal is one of a shop's, or when that needs central to be back or a person. */
  whenSettled(): Promise<void>;
  /** Ends every session, writes down what is in flight, lets go of the database. */
  close(): Promise<void>;
}

/** The page warns and ends first; this is for a page that doesn't. */
const IDLE_MARGIN_SECONDS = 30;
const PRINTER_COLUMNS = 48;

/** The only place that picks the parts, real or simulated. Serves also while central is down. */
export function buildBackend(input: BackendInput): Result<Backend, StartError> {
  const { settings, dataDir, draw, idReader, log } = input;
  const { system, monotonic, timers, random, probe } = input.ports;
  const opened = openStore(input);
  if (!opened.ok) return opened;
  const { terms, policy, ca, printerAddress, db, terminalKey } = opened.value;
  const central = new URL(settings.central);
  const link = linkToCentral({
    ...{ central, ca, db, dataDir, terminalKey, businessClock: input.businessClock },
    ...{ system, monotonic, timers, random, log },
    onDismissed: (dismissed, dismissal) => leave(dismissed, dismissal),
  });
  const { transport, server, client, clock, businessNow, identity, configuration, connectivity } = link;
  const salvaged = readSalvaged({ db, dataDir, terminalKey, now: clock.now, log });
  const pictures = createCaptureStore({ db, dataDir, terminalKey, probe });
  const outbox = createOutbox({ db, terminalKey, captures: pictures, now: clock.now, probe });
  const courier = createCourier({ client, captures: pictures, clock, probe });
  const worker = createSyncWorker({ outbox, courier, connectivity, timers, monotonic, random, log });
  const follower = followOrders({ outbox, courier, connectivity, timers, log, onDecided: worker.eraseSoon });
  const catalog = createCatalogCache({ client, keeper: documentKeeper(db, 'catalog'), now: clock.now, log });
  const printer = createEscPosPrinter({
    open: linkTo(printerAddress),
    draw,
    columns: PRINTER_COLUMNS,
    timings: PRINTER_TIMINGS,
  });
  const sessions = createSessions({
    client,
    catalog: async () => {
      if (catalog.current() === null) await catalog.refresh();
      return catalog.current()?.catalog ?? null;
    },
    now: clock.now,
    monotonic,
    timers,
    idleMs: (settings.idle.warnAfterSeconds + settings.idle.warningSeconds + IDLE_MARGIN_SECONDS) * 1000,
  });
  const knownStaff = createKnownStaff({
    keeper: documentKeeper(db, 'staff'),
    terminalKey,
    now: clock.now,
    validMs: settings.staffOfflineHours * 3_600_000,
  });
  const scope = settings.mode === 'staff' ? 'counter' : 'service';
  const staff = createStaffDesk({
    client,
    connectivity,
    known: knownStaff,
    sessions,
    scope,
    monotonic,
    timers,
    random,
    log,
  });
  const waiting = { client, connectivity, monotonic, timers, random };
  const ownCall = createOwnCallDesk(waiting);
  const shopCalls = settings.mode === 'staff' ? listenForShopCalls(waiting) : noShopCalls;
  const calls = (): Calls => ({ own: ownCall.current(), shop: [...shopCalls.current()] });
  const captures = createCaptureDesk({
    ...{ captures: pictures, outbox, configuration, policy, draw, businessNow, random, log },
  });
  const phone = createPhoneDesk({ client, connectivity, captures, policy, businessNow });
  const identityDesk = createIdentityDesk({ policy, staff, sessions, captures, idReader, ownCall, businessNow });
  const keptDrafts = draftRows(db, terminalKey);
  const draftSender = createDraftSender({
    ...{ rows: keptDrafts, client, connectivity, now: clock.now, businessNow, timers, random, log },
  });
  const desk = createApplicationDesk({
    drafts: draftSender,
    identityDesk,
    outbox,
    sessions,
    captures,
    wake: worker.wake,
    follower,
    catalog,
    configuration,
    connectivity,
    terms,
    printer,
    businessNow,
    timers,
  });
  const drafts = createDraftDesk({
    ...{ rows: keptDrafts, sender: draftSender, outbox, client, sessions, connectivity, configuration },
    ...{ printer, businessNow },
  });
  const secretPrints = printRows(db);
  const revoker = createRevoker({ rows: secretPrints, client, connectivity, now: clock.now, timers, random, log });
  const secrets = createSecretDesk({
    client,
    sessions,
    connectivity,
    configuration,
    rows: secretPrints,
    revoker,
    printer,
    businessNow,
  });
  const oneTime = createOneTimeDesk({
    ...{ client, sessions, connectivity, configuration, rows: secretPrints, revoker, printer, businessNow, timers },
  });
  const issuedPasswords = createIssuedPasswordDesk({
    ...{ client, connectivity, configuration, rows: secretPrints, revoker, printer, businessNow, timers },
  });
  const changes = createChangeDesk({ client, sessions, connectivity, configuration, printer });
  const record = createRecordDesk({ client, sessions, connectivity, configuration, printer });
  const devices = createDeviceDesk({
    central,
    ca,
    dataDir,
    printerAddress,
    printer,
    transport,
    client,
    connectivity,
    identity,
    configuration,
    clock,
    businessNow,
    system,
    monotonic,
  });
  const reprints = reprintRows(db);
  const reporter = reportReprints({
    rows: reprints,
    outbox,
    client,
    connectivity,
    now: clock.now,
    timers,
    random,
    log,
  });
  const enroller = createEnroller({
    transport,
    server,
    isEnrolled: identity.current() !== null,
    onRegistered: (registration) => {
      identity.take(registration);
      void connectivity.suspect();
    },
    timers,
    monotonic,
    random,
    log,
  });
  const leave = leaveService({
    identity,
    staff,
    knownStaff,
    sessions,
    outbox,
    drafts: keptDrafts,
    configuration,
    enroller,
    log,
  });
  if (identity.current() === null) {
    const isLost = salvaged.report()?.isIdentityLost === true;
    enroller.start(identity.wasRevoked() ? 'revoked' : isLost ? 'lost' : 'new');
  }
  const events = new EventPublisher<{ event: TerminalEvent }>();
  const status = reportStatus({
    settings,
    identity,
    enroller,
    configuration,
    connectivity,
    outbox,
    printer,
    idReader,
    businessNow,
    timers,
    events,
  });
  outbox.onChange(({ state }) => {
    if (state === 'withdrawn') worker.eraseSoon();
    if (state === 'withdrawn' || state === 'accepted') salvaged.eraseSettled();
  });
  traceApplications({ outbox, log });
  const stopAnnouncing = announceQueue({ outbox, events, timers });
  const heart = startHeart({
    client,
    connectivity,
    read: reportHealth({ mode: settings.mode, outbox, salvaged, status, clock, businessNow, system }),
    timers,
    random,
  });
  events.subscribe('event', ({ type }) => {
    if (type === 'status') heart.changed();
  });
  sessions.onEnded((sessionId) => {
    desk.forget(sessionId);
    captures.forget(sessionId);
    phone.forget(sessionId);
    identityDesk.forget(sessionId);
    secrets.forget(sessionId);
    oneTime.forget({ kind: 'session', sessionId });
    changes.forget(sessionId);
    record.forget(sessionId);
    ownCall.endOf(sessionId);
    events.publish('event', { type: 'session-ended', sessionId });
  });
  staff.onConfirmed((staffSessionId) => events.publish('event', { type: 'staff-confirmed', staffSessionId }));
  staff.onEnded((staffSessionId) => events.publish('event', { type: 'staff-ended', staffSessionId }));
  for (const { onChange } of [ownCall, shopCalls]) {
    onChange(() => events.publish('event', { type: 'calls', calls: calls() }));
  }
  desk.onOutcome((sessionId, outcome) => events.publish('event', { type: 'application', sessionId, outcome }));
  const stopRefreshing = keepCatalogFresh({
    catalog,
    connectivity,
    timers,
    onChanged: () => events.publish('event', { type: 'catalog-changed' }),
  });
  connectivity.onChange((state) => log.info({ central: state }, 'central'));
  const router = createRouter({
    log,
    sessions,
    staff,
    catalog,
    terms,
    desk,
    captures,
    phone,
    drafts,
    identityDesk,
    secrets,
    oneTime,
    changes,
    record,
    addCableId: createAddCableId({ client, sessions, connectivity }),
    registration: createRegistrationDesk({ client, connectivity }),
    passwordReset: createPasswordResetDesk({ client, connectivity, sessions }),
    issuedPasswords,
    devices,
    queue: createQueueDesk({
      outbox,
      list: outboxList(db, terminalKey),
      staff,
      courier,
      follower,
      wake: worker.wake,
      saveRescueFile: () => {
        const saved = saveRescueFile(db, dataDir, clock.now());
        events.publish('event', { type: 'queue-changed' });
        return saved;
      },
      now: clock.now,
      businessNow,
    }),
    salvaged: {
      ...salvaged,
      confirm: (staffNumber) => {
        salvaged.confirm(staffNumber);
        worker.wake();
      },
    },
    reprints: createReprintDesk({
      outbox,
      rows: reprints,
      reporter,
      staff,
      makeSlip: createSlipMaker({ catalog, configuration, terms }),
      printer,
      businessNow,
      onRecorded: () => events.publish('event', { type: 'queue-changed' }),
      log,
    }),
    closeDay: createCloseDayDesk({
      rows: dayRows(db),
      dataDir,
      identity,
      configuration,
      printer,
      draw,
      businessNow,
      log,
    }),
    connectivity,
    events,
    status: status.current,
    ownCall,
    calls,
    isEnrolled: () => identity.current() !== null,
  });
  /** Staff's first: with theirs end the customers' that they opened. */
  const endSessions = (): void => {
    staff.endAll();
    sessions.endAll();
  };
  return ok({
    serve: createChannelServer({ router, log, timers }).serve,
    sessions: { running: () => sessions.running() + staff.working(), endAll: endSessions },
    onCustomerLeft: (listener) => {
      sessions.onEnded(listener);
    },
    isCapturing: captures.isCapturing,
    whenSettled: enroller.whenSettled,
    close: async () => {
      stopRefreshing();
      stopAnnouncing();
      reporter.stop();
      revoker.stop();
      draftSender.stop();
      oneTime.stop();
      issuedPasswords.stop();
      heart.stop();
      status.stop();
      endSessions();
      enroller.stop();
      ownCall.stop();
      shopCalls.stop();
      follower.stop();
      connectivity.stop();
      await worker.stop();
      await transport.close();
      await staff.whenConfirmed();
      db.close();
    },
  });
}
