import { createHash, generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import type { Enrolment, EnrolmentCause } from '../../../shared/contract/enrolment.ts';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import {
  DEVICE_GRANT,
  deviceAuthorizationSchema,
  ENROLMENT_CLIENT,
  ENROLMENT_SCOPE,
  oauthErrorSchema,
  registeredTerminalSchema,
  tokenResponseSchema,
} from '../../../shared/central-api/terminal-v1.ts';
import type { AuthorizationServerReader } from '../central/authorization-server.ts';
import { fullJitterMs, PROBE_BACKOFF } from '../central/backoff.ts';
import type { Transport, TransportAnswer } from '../central/transport.ts';
import type { Logger } from '../log/logger.ts';
import type { MonotonicClock, Random, Timers } from '../ports.ts';
import type { Registration } from './identity.ts';

export interface Enroller {
  current(): Enrolment;
  /** Whether the code on show came from a central with demo data. */
  demo(): boolean;
  /** Begins, unless it has begun. */
  start(cause: EnrolmentCause): void;
  onChange(listener: () => void): () => void;
  /** Resolves when it is enrolled, or when that needs central to be back or a person. */
  whenSettled(): Promise<void>;
  stop(): void;
}

const TIMEOUT_MS = 10_000;
/** The token that an approval gives is good for longer than this. */
const REGISTER_WITHIN_MS = 5 * 60_000;

/**
 * Binds the terminal to a shop: asks central for a code (RFC 8628), shows it until a manager has approved it, makes a
 * key and registers it (RFC 7591). Goes on until it is enrolled; a code that ends is followed by another.
 * @param onRegistered takes the new identity over; called once for each start
 */
export function createEnroller(parts: {
  transport: Transport;
  server: AuthorizationServerReader;
  onRegistered(registration: Registration): void;
  isEnrolled: boolean;
  timers: Timers;
  monotonic: MonotonicClock;
  random: Random;
  log: Logger;
}): Enroller {
  const { transport, server, timers, monotonic, random, log } = parts;
  const listeners = new Set<() => void>();
  let state: Enrolment = parts.isEnrolled ? { state: 'enrolled' } : { state: 'seeking', cause: 'new' };
  let isDemo = false;
  let isRunning = false;
  let stopped = false;
  // A function: after an await, the compiler would take what it knew before for granted.
  const isStopped = (): boolean => stopped;
  let endWait = (): void => undefined;

  let settle = (): void => undefined;
  const settled = parts.isEnrolled
    ? Promise.resolve()
    : new Promise<void>((resolve) => {
        settle = resolve;
      });

  function change(next: Enrolment): void {
    if (JSON.stringify(next) === JSON.stringify(state)) return;
    state = next;
    if (state.state === 'enrolled') settle();
    for (const listener of listeners) listener();
  }

  const wait = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const cancel = timers.after(ms, resolve);
      endWait = () => {
        cancel();
        resolve();
      };
    });

  const post = (path: string, body: string, headers: Readonly<Record<string, string>>): Promise<TransportAnswer> =>
    transport.send({ method: 'POST', path, headers, body, timeoutMs: TIMEOUT_MS });
  const postForm = (path: string, form: Record<string, string>): Promise<TransportAnswer> =>
    post(path, new URLSearchParams(form).toString(), { 'content-type': 'application/x-www-form-urlencoded' });
  const postJson = (path: string, body: unknown, headers: Record<string, string> = {}): Promise<TransportAnswer> =>
    post(path, JSON.stringify(body), { 'content-type': 'application/json', ...headers });

  /** @returns null: no code, or none any more */
  async function obtainApproval(cause: EnrolmentCause): Promise<string | null> {
    const metadata = await server.get();
    if (metadata === null) return null;
    const answer = await postForm(CENTRAL_PATHS.deviceAuthorization, {
      client_id: ENROLMENT_CLIENT,
      scope: ENROLMENT_SCOPE,
    });
    const device = answer.kind === 'answer' ? deviceAuthorizationSchema.safeParse(answer.json) : null;
    if (device === null || !device.success) {
      server.forget();
      return null;
    }
    const { device_code, user_code, verification_uri, expires_in, interval } = device.data;
    const demoPath = metadata.demo_enrolment_path;
    isDemo = demoPath !== undefined;
    const show = (isReachable: boolean): void =>
      change({ state: 'waiting', cause, code: user_code, page: verification_uri, isReachable });
    show(true);
    // Whom somebody took out of service on purpose, a person lets in again, in a demo too.
    const approvesItself = demoPath !== undefined && cause !== 'revoked';
    if (approvesItself) await postJson(demoPath, { user_code });
    else settle();
    const endsAt = monotonic() + expires_in * 1000;
    let everyMs = interval * 1000;
    for (let isFirst = true; monotonic() < endsAt && !isStopped(); isFirst = false) {
      if (!isFirst || !approvesItself) await wait(everyMs);
      if (isStopped()) return null;
      const polled = await postForm(CENTRAL_PATHS.token, {
        grant_type: DEVICE_GRANT,
        device_code,
        client_id: ENROLMENT_CLIENT,
      });
      // While central is away, the code stays good for its time.
      show(polled.kind === 'answer');
      if (polled.kind === 'no-answer') continue;
      const token = tokenResponseSchema.safeParse(polled.json);
      if (polled.status === 200 && token.success) return token.data.access_token;
      const refusal = oauthErrorSchema.safeParse(polled.json);
      if (!refusal.success || polled.status >= 500 || refusal.data.error === 'authorization_pending') continue;
      if (refusal.data.error !== 'slow_down') return null;
      everyMs += 5_000;
    }
    return null;
  }

  async function register(token: string): Promise<Registration | null> {
    const { publicJwk, privateJwk } = makeKey();
    const until = monotonic() + REGISTER_WITHIN_MS;
    for (let failures = 1; monotonic() < until && !isStopped(); failures += 1) {
      const answer = await postJson(
        CENTRAL_PATHS.registration,
        { jwks: { keys: [publicJwk] } },
        { authorization: `Bearer ${token}` },
      );
      if (answer.kind === 'answer' && answer.status < 500) {
        const registered = registeredTerminalSchema.safeParse(answer.json);
        if (answer.status !== 201 || !registered.success) return null;
        const { client_id, terminal_code } = registered.data;
        return client_id === thumbprintOf(publicJwk)
          ? { clientId: client_id, terminalCode: terminal_code, privateJwk }
          : null;
      }
      await wait(fullJitterMs(PROBE_BACKOFF, failures, random));
    }
    return null;
  }

  async function run(cause: EnrolmentCause): Promise<void> {
    for (let failures = 1; !isStopped(); failures += 1) {
      const token = await obtainApproval(cause);
      if (token !== null) {
        change({ state: 'approved', cause });
        const registration = await register(token);
        if (registration !== null) {
          parts.onRegistered(registration);
          log.info({ terminal: registration.terminalCode }, 'enrolled');
          change({ state: 'enrolled' });
          return;
        }
        log.warn({ code: 'registration-refused' }, 'not enrolled');
      }
      if (isStopped()) return;
      if (state.state === 'waiting') failures = 1;
      change({ state: 'seeking', cause });
      settle();
      await wait(fullJitterMs(PROBE_BACKOFF, failures, random));
    }
  }

  return {
    current: () => state,
    demo: () => isDemo,
    start: (cause) => {
      if (isRunning || stopped) return;
      isRunning = true;
      change({ state: 'seeking', cause });
      void run(cause).finally(() => {
        isRunning = false;
      });
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    whenSettled: () => settled,
    stop: () => {
      stopped = true;
      settle();
      endWait();
      listeners.clear();
    },
  };
}

function makeKey(): { publicJwk: JsonWebKey; privateJwk: JsonWebKey } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { publicJwk: publicKey.export({ format: 'jwk' }), privateJwk: privateKey.export({ format: 'jwk' }) };
}

/** RFC 7638: central names a terminal by its key, so an answer for another key is not for this terminal. */
function thumbprintOf({ crv, kty, x, y }: JsonWebKey): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}
