import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';
import { expect } from 'vitest';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import {
  ASSERTION_TYPE,
  authorizationServerSchema,
  DEVICE_GRANT,
  deviceAuthorizationSchema,
  ENROLMENT_CLIENT,
  ENROLMENT_SCOPE,
  INSTANCE_CLAIM,
  registeredTerminalSchema,
  TERMINAL_KEY_ALGORITHM,
  tokenResponseSchema,
} from '../../shared/central-api/terminal-v1.ts';

export interface OAuthAnswer {
  readonly status: number;
  readonly json: unknown;
}

export async function postForm(url: string, form: Record<string, string>): Promise<OAuthAnswer> {
  const response = await fetch(url, { method: 'POST', body: new URLSearchParams(form) });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}

/** A machine with a key, as its own program would use it. */
export interface TestTerminal {
  readonly clientId: string;
  readonly publicJwk: JWK;
  assertion(url: string, changes?: AssertionChanges): Promise<string>;
  token(url: string, assertion?: string): Promise<OAuthAnswer>;
}

interface AssertionChanges {
  readonly clientId?: string;
  readonly audience?: string;
  /** Epoch seconds. */
  readonly issuedAt?: number;
  readonly lifeSeconds?: number;
  readonly instance?: string;
  readonly key?: CryptoKey;
}

export async function makeTerminal(): Promise<TestTerminal> {
  const { privateKey, publicKey } = await generateKeyPair(TERMINAL_KEY_ALGORITHM, { extractable: true });
  const publicJwk = await exportJWK(publicKey);
  const clientId = await calculateJwkThumbprint(publicJwk);
  const run = randomUUID();
  const assertion: TestTerminal['assertion'] = async (url, changes = {}) => {
    const issuedAt = changes.issuedAt ?? Math.floor(Date.now() / 1000);
    const id = changes.clientId ?? clientId;
    return new SignJWT({ [INSTANCE_CLAIM]: changes.instance ?? run })
      .setProtectedHeader({ alg: TERMINAL_KEY_ALGORITHM })
      .setIssuer(id)
      .setSubject(id)
      .setAudience(changes.audience ?? (await issuerOf(url)))
      .setJti(randomUUID())
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (changes.lifeSeconds ?? 60))
      .sign(changes.key ?? privateKey);
  };
  return {
    clientId,
    publicJwk,
    assertion,
    token: async (url, given) =>
      postForm(`${url}${CENTRAL_PATHS.token}`, {
        grant_type: 'client_credentials',
        client_id: clientId,
        client_assertion_type: ASSERTION_TYPE,
        client_assertion: given ?? (await assertion(url)),
      }),
  };
}

export async function issuerOf(url: string): Promise<string> {
  const answer = await fetch(`${url}${CENTRAL_PATHS.authorizationServer}`);
  return authorizationServerSchema.parse(await answer.json()).issuer;
}

export async function requestCode(url: string): Promise<{ deviceCode: string; userCode: string }> {
  const form = { client_id: ENROLMENT_CLIENT, scope: ENROLMENT_SCOPE };
  const { status, json } = await postForm(`${url}${CENTRAL_PATHS.deviceAuthorization}`, form);
  expect(status, JSON.stringify(json)).toBe(200);
  const { device_code, user_code } = deviceAuthorizationSchema.parse(json);
  return { deviceCode: device_code, userCode: user_code };
}

export function collect(url: string, deviceCode: string): Promise<OAuthAnswer> {
  return postForm(`${url}${CENTRAL_PATHS.token}`, {
    grant_type: DEVICE_GRANT,
    device_code: deviceCode,
    client_id: ENROLMENT_CLIENT,
  });
}

export async function register(url: string, token: string, jwk: JWK, more: object = {}): Promise<OAuthAnswer> {
  const response = await fetch(`${url}${CENTRAL_PATHS.registration}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ jwks: { keys: [jwk] }, ...more }),
  });
  return { status: response.status, json: await response.json() };
}

/** Lets a central with demo data enrol the machine. @returns its terminal code */
export async function enrolByDemo(url: string, terminal: TestTerminal): Promise<string> {
  const { deviceCode, userCode } = await requestCode(url);
  const metadata = authorizationServerSchema.parse(
    await (await fetch(`${url}${CENTRAL_PATHS.authorizationServer}`)).json(),
  );
  const approval = await fetch(`${url}${metadata.demo_enrolment_path ?? ''}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user_code: userCode }),
  });
  expect(approval.status).toBe(204);
  const collected = await collect(url, deviceCode);
  expect(collected.status, JSON.stringify(collected.json)).toBe(200);
  const registered = await register(url, tokenResponseSchema.parse(collected.json).access_token, terminal.publicJwk);
  expect(registered.status, JSON.stringify(registered.json)).toBe(201);
  return registeredTerminalSchema.parse(registered.json).terminal_code;
}

/** The machine on which the tests of central sign customers in: T01 at each central that it comes to first. */
const ordinary = makeTerminal();
const another = makeTerminal();

export const terminalToken = (url: string): Promise<string> => tokenOf(ordinary, url);
export const tokenOfAnother = (url: string): Promise<string> => tokenOf(another, url);

async function tokenOf(made: Promise<TestTerminal>, url: string): Promise<string> {
  const terminal = await made;
  const first = await terminal.token(url);
  if (first.status === 200) return tokenResponseSchema.parse(first.json).access_token;
  await enrolByDemo(url, terminal);
  return tokenResponseSchema.parse((await terminal.token(url)).json).access_token;
}
