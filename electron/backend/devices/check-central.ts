import { lookup } from 'node:dns/promises';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { CENTRAL_PATHS } from '../../../shared/central-api/paths.ts';
import { authorizationServerSchema, configurationSchema } from '../../../shared/central-api/terminal-v1.ts';
import type { BrokenLink, CentralLink, CentralTest } from '../../../shared/contract/devices.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { err, ok, type Result } from '../../../shared/domain/result.ts';
import type { CentralAnswer } from '../central/central-answer.ts';
import type { CentralClient } from '../central/central-client.ts';
import type { Transport } from '../central/transport.ts';
import type { MonotonicClock } from '../ports.ts';

const CONNECT_MS = 3_000;
const ANSWER_MS = 5_000;
const ROUND_TRIPS = 5;

/** Goes along the chain to central, link by link, to say which one breaks; then how quick it is. */
export async function testCentral(parts: {
  central: URL;
  /** The operator's own certificate authority (PEM); null: the system's. */
  ca: string | null;
  transport: Transport;
  client: CentralClient;
  monotonic: MonotonicClock;
}): Promise<CentralTest> {
  const { central, ca, transport, client, monotonic } = parts;
  const links: readonly (readonly [CentralLink, () => Promise<Result<void, BrokenLink>>])[] = [
    ['name', () => findName(central)],
    ['connection', () => openConnection(central, ca)],
    ['answer', () => hearCentral(transport)],
    ['token', () => tryToken(client)],
  ];
  const held: CentralTest['held'] = [];
  for (const [link, test] of links) {
    const start = monotonic();
    const result = await test();
    if (!result.ok) return { held, broken: { link, reason: result.error }, roundTrips: [] };
    held.push({ link, milliseconds: monotonic() - start });
  }
  const roundTrips: number[] = [];
  while (roundTrips.length < ROUND_TRIPS) {
    const start = monotonic();
    const result = await tryToken(client);
    if (!result.ok) return { held, broken: { link: 'token', reason: result.error }, roundTrips };
    roundTrips.push(monotonic() - start);
  }
  return { held, broken: null, roundTrips };
}

const hostOf = (central: URL): string => central.hostname.replace(/^\[|\]$/g, '');

async function findName(central: URL): Promise<Result<void, BrokenLink>> {
  try {
    await lookup(hostOf(central));
    return ok(undefined);
  } catch {
    return err('name-unknown');
  }
}

/** A connection of its own: those that are kept would hide that no new one can be made. */
function openConnection(central: URL, ca: string | null): Promise<Result<void, BrokenLink>> {
  const host = hostOf(central);
  const isSecure = central.protocol === 'https:';
  const port = Number(central.port === '' ? (isSecure ? 443 : 80) : central.port);
  return new Promise((resolve) => {
    const socket = isSecure
      ? connectTls({ host, port, servername: host, ...(ca === null ? {} : { ca }) })
      : connectTcp({ host, port });
    const settle = (result: Result<void, BrokenLink>): void => {
      clearTimeout(late);
      socket.destroy();
      resolve(result);
    };
    const late = setTimeout(() => settle(err('no-route')), CONNECT_MS);
    socket.once(isSecure ? 'secureConnect' : 'connect', () => settle(ok(undefined)));
    socket.once('error', (error: Error) => settle(err(reasonOf('code' in error ? String(error.code) : ''))));
    socket.once('close', () => settle(err('dropped')));
  });
}

function reasonOf(code: string): BrokenLink {
  if (code === 'ECONNREFUSED') return 'refused';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'name-unknown';
  if (code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'ETIMEDOUT') return 'no-route';
  return code.includes('CERT') || code.includes('SIGNATURE') || code.startsWith('ERR_TLS') ? 'certificate' : 'dropped';
}

async function hearCentral(transport: Transport): Promise<Result<void, BrokenLink>> {
  const answer = await transport.send({
    method: 'GET',
    path: CENTRAL_PATHS.authorizationServer,
    headers: {},
    timeoutMs: ANSWER_MS,
  });
  if (answer.kind === 'no-answer') return err(whyNoAnswer(answer.cause));
  if (answer.status >= 500) return err('failing');
  return authorizationServerSchema.safeParse(answer.json).success ? ok(undefined) : err('not-central');
}

async function tryToken(client: CentralClient): Promise<Result<void, BrokenLink>> {
  const answer = await client.call(
    { method: 'GET', path: CENTRAL_PATHS.configuration, timeoutMs: ANSWER_MS },
    configurationSchema,
  );
  return answer.kind === 'ok' ? ok(undefined) : err(whyNoToken(answer));
}

function whyNoToken(answer: Exclude<CentralAnswer<unknown>, { kind: 'ok' }>): BrokenLink {
  switch (answer.kind) {
    case 'error':
      return answer.status === 401 || answer.status === 403 ? 'token-refused' : 'failing';
    case 'not-central':
    case 'unchanged':
      return 'not-central';
    case 'no-answer':
      // The token's own request was answered, with a fault.
      return answer.cause.startsWith('token ') ? 'failing' : whyNoAnswer(answer.cause);
    default:
      return cantHappen(answer);
  }
}

const whyNoAnswer = (cause: string): BrokenLink => (cause === 'deadline' ? 'silent' : 'dropped');
