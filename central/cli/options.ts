import { parseArgs } from 'node:util';
import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';
import { centralAddressSchema } from '../../shared/central-api/central-address.ts';
import { BUSINESS_ZONE } from '../../shared/domain/business-time.ts';
import { err, ok, type Result } from '../../shared/domain/result.ts';
import { isOperatorScope, type OperatorScope } from '../identity/caller.ts';
import { errorText, type StartFailure } from '../start-failure.ts';

export type Command =
  | {
      readonly kind: 'serve';
      readonly port: number;
      readonly dataDirectory: string;
      readonly demo: boolean;
      /** Business time at the start, epoch ms; null: the system's. */
      readonly clock: number | null;
      readonly publicUrl: string | null;
    }
  | {
      readonly kind: 'rescue';
      readonly file: string;
      readonly keyFile: string;
      /** Central's address. */
      readonly central: string;
      readonly dataDirectory: string;
    }
  | { readonly kind: 'token'; readonly scopes: readonly OperatorScope[]; readonly dataDirectory: string };

const DEFAULT_DATA = '.data/central';
const portSchema = z.coerce.number().int().min(0).max(65_535);
const refuse = (message: string): Result<never, StartFailure> => err({ code: 'options', message });

/** @param args after the program's name */
export function parseCommand(args: readonly string[]): Result<Command, StartFailure> {
  try {
    const [name, ...rest] = args;
    if (name === 'token') return parseToken(rest);
    return name === 'rescue' ? parseRescue(rest) : parseServe(args);
  } catch (error) {
    return refuse(errorText(error));
  }
}

function parseServe(args: readonly string[]): Result<Command, StartFailure> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string', default: '8610' },
      data: { type: 'string', default: DEFAULT_DATA },
      demo: { type: 'boolean', default: false },
      clock: { type: 'string' },
      'public-url': { type: 'string' },
    },
  });
  const port = portSchema.safeParse(values.port);
  if (!port.success || values.port.trim() === '') return refuse(`--port ${values.port} is no port number`);
  if (values.data === '') return refuse('--data names a folder');
  const clock = values.clock === undefined ? null : parseClock(values.clock);
  if (Number.isNaN(clock)) return refuse(`--clock ${values.clock ?? ''} is no ISO 8601 time`);
  const publicUrl = values['public-url'] ?? null;
  if (publicUrl !== null && !z.url({ protocol: /^https?$/ }).safeParse(publicUrl).success) {
    return refuse(`--public-url ${publicUrl} is no http(s) address`);
  }
  return ok({
    kind: 'serve',
    port: port.data,
    dataDirectory: values.data,
    demo: values.demo,
    clock,
    publicUrl: publicUrl?.replace(/\/+$/, '') ?? null,
  });
}

function parseToken(args: readonly string[]): Result<Command, StartFailure> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      scope: { type: 'string', multiple: true, default: [] },
      data: { type: 'string', default: DEFAULT_DATA },
    },
  });
  const asked = values.scope.flatMap((scope) => scope.split(/[\s,]+/)).filter((scope) => scope !== '');
  const scopes = asked.filter(isOperatorScope);
  if (scopes.length === 0 || scopes.length < asked.length) {
    return refuse('--scope is one or more of tmf.read, tmf.write, operator');
  }
  return ok({ kind: 'token', scopes: [...new Set(scopes)], dataDirectory: values.data });
}

function parseRescue(args: readonly string[]): Result<Command, StartFailure> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      file: { type: 'string', default: '' },
      key: { type: 'string', default: '' },
      central: { type: 'string', default: 'http://127.0.0.1:8610' },
      data: { type: 'string', default: DEFAULT_DATA },
    },
  });
  if (values.file === '' || values.key === '') {
    return refuse('rescue takes --file, the rescue file, and --key, the private rescue key');
  }
  if (!centralAddressSchema.safeParse(values.central).success) {
    return refuse(`--central ${values.central} is no https address (http is for loopback only)`);
  }
  return ok({
    kind: 'rescue',
    file: values.file,
    keyFile: values.key,
    central: values.central.replace(/\/+$/, ''),
    dataDirectory: values.data,
  });
}

/** A time without a zone is Tokyo's. NaN for what is no time. */
function parseClock(text: string): number {
  for (const parse of [
    () => Temporal.Instant.from(text),
    () => Temporal.PlainDateTime.from(text).toZonedDateTime(BUSINESS_ZONE).toInstant(),
  ]) {
    try {
      return parse().epochMilliseconds;
    } catch {
      // Not that form.
    }
  }
  return Number.NaN;
}
