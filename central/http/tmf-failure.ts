import type { FastifyReply } from 'fastify';
import type { TmfError } from '../../shared/central-api/common.ts';

/** An expected failure of a request, answered as a TMF630 error body. `reason` is for developers, in English. */
export interface TmfFailure {
  readonly status: number;
  readonly code: string;
  readonly reason: string;
  readonly message?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export const UNAUTHENTICATED: TmfFailure = {
  status: 401,
  code: 'unauthenticated',
  reason: 'A valid access token is required',
  headers: { 'www-authenticate': 'Bearer' },
};
export const NOT_FOUND: TmfFailure = { status: 404, code: 'not-found', reason: 'No such resource' };

export const forbidden = (reason: string): TmfFailure => ({ status: 403, code: 'forbidden', reason });
export const badRequest = (reason: string): TmfFailure => ({ status: 400, code: 'bad-request', reason });
export const unprocessable = (code: string, reason: string): TmfFailure => ({ status: 422, code, reason });

export function tmfErrorBody({ status, code, reason, message }: TmfFailure): TmfError {
  return { code, reason, message: message ?? reason, status: String(status), '@type': 'Error' };
}

export function sendFailure(reply: FastifyReply, failure: TmfFailure): FastifyReply {
  return reply
    .code(failure.status)
    .headers({ ...failure.headers })
    .type('application/json; charset=utf-8')
    .send(tmfErrorBody(failure));
}
