import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { type Language, LANGUAGES, languageSchema } from '../../shared/domain/language.ts';
import { networkOf } from '../http/network-of.ts';
import type { TmfFailure } from '../http/tmf-failure.ts';
import type { ThrottleSubject } from '../identity/sign-in-throttle.ts';

const SECONDS_A_MINUTE = 60;
const querySchema = z.object({ lang: languageSchema.optional().catch(undefined) });

/** Another site's page sends nothing to a phone's page of ours, with a cookie or without. */
export function ofThisSite({ method, headers }: FastifyRequest): boolean {
  const from = headers['sec-fetch-site'];
  return method === 'GET' || method === 'HEAD' || from === undefined || from === 'same-origin';
}

/** Who tries, be it passwords or codes; never a terminal, which nobody out there may lock. */
export function browserOf(request: FastifyRequest): ThrottleSubject {
  return { kind: 'one-time-page', id: networkOf(request.ip) };
}

/** null: it is no lock. */
export function minutesOf({ status, headers }: TmfFailure): number | null {
  if (status !== 429) return null;
  return Math.max(1, Math.ceil(Number(headers?.['retry-after'] ?? SECONDS_A_MINUTE) / SECONDS_A_MINUTE));
}

export function cookieOf(request: FastifyRequest, cookie: string): string | undefined {
  const pairs = (request.headers.cookie ?? '').split(/;\s*/).map((pair) => pair.split('='));
  return pairs.find(([name]) => name === cookie)?.[1];
}

/** As the address says; else the first of the browser's languages that there is. */
export function languageOf(request: FastifyRequest): Language {
  const { lang } = querySchema.parse(request.query);
  const wanted = (request.headers['accept-language'] ?? '').split(',').map((range) => range.trim().slice(0, 2));
  return lang ?? wanted.flatMap((one) => LANGUAGES.find((language) => language === one) ?? [])[0] ?? 'ja';
}
