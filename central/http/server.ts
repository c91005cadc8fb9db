import fastify, {
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
  LogController,
} from 'fastify';
import { isNestedDeeper } from './nesting.ts';
import { errorCode, errorText } from '../start-failure.ts';
import { badRequest, NOT_FOUND, sendFailure, type TmfFailure, tmfErrorBody } from './tmf-failure.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Stands for the methods that a path does not offer. */
    isWrongMethod?: boolean;
  }
}

export const BODY_LIMIT_BYTES = 1024 * 1024;
/** Far more than any resource has; what goes on for ever would break whoever walks through it. */
const DEEPEST = 64;
const TOO_DEEP: FastifyError = Object.assign(new Error('nested too deep'), {
  name: 'FastifyError',
  code: 'NESTED_TOO_DEEP',
  statusCode: 400,
});
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** An HTTP server without routes whose every answer, also of what goes wrong, is a TMF630 body. */
export function createServer(logger: FastifyBaseLogger): FastifyInstance {
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT_BYTES,
    // It listens on loopback only: whoever connects is the operator's proxy, which says for whom.
    trustProxy: 'loopback',
    frameworkErrors: (error, _request, reply) => {
      sendFailure(reply, badRequest(error.message));
    },
    clientErrorHandler: (_error, socket) => {
      if (!socket.writable) return;
      const body = JSON.stringify(tmfErrorBody(badRequest('This is not HTTP')));
      socket.end(
        `HTTP/1.1 400 Bad Request\r\nDate: ${new Date().toUTCString()}\r\nContent-Type: application/json; charset=utf-8\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
      );
    },
  });
  app.decorateRequest('caller', null);
  app.decorateRequest('bodyBytes', null);
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'buffer' },
    (request: FastifyRequest, body: Buffer, done) => {
      request.bodyBytes = body;
      // Many a client names the type of a body that it doesn't send.
      if (body.length === 0) {
        done(null, undefined);
        return;
      }
      const text = body.toString('utf8');
      if (isNestedDeeper(text, DEEPEST)) done(TOO_DEEP, undefined);
      else void parseJson(request, text, done);
    },
  );
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((_request, reply) => sendFailure(reply, NOT_FOUND));
  app.addHook('onResponse', async (request, reply) => {
    // The route's pattern, not the address: queries name people.
    const { method, routeOptions } = request;
    const ms = Math.round(reply.elapsedTime);
    request.log.info({ method, route: routeOptions.url, status: reply.statusCode, ms }, 'answered');
  });
  answerWrongMethods(app);
  return app;
}

/** Known paths answer 405 with `Allow` to methods that have no route. */
function answerWrongMethods(app: FastifyInstance): void {
  const known = new Set<string>();
  app.addHook('onRoute', function addWrongMethods(this: FastifyInstance, route) {
    if (known.has(route.url) || route.url.endsWith('*')) return;
    known.add(route.url);
    const { url } = route;
    void this.after(() => {
      const allowed = METHODS.filter((method) => this.hasRoute({ method, url }));
      const others = METHODS.filter((method) => !allowed.includes(method));
      if (others.length === 0) return;
      const failure: TmfFailure = {
        status: 405,
        code: 'method-not-allowed',
        reason: `Allowed: ${allowed.join(', ')}`,
        headers: { allow: allowed.join(', ') },
      };
      this.route({
        method: [...others],
        url,
        config: { isWrongMethod: true },
        handler: (_request, reply) => sendFailure(reply, failure),
      });
    });
  });
}

/** SQLSTATE classes and codes that a request can cause or that pass by themselves. */
function databaseFailure(code: string | null): TmfFailure | null {
  if (code === null) return null;
  if (/^22[0-9A-Z]{3}$/.test(code)) return badRequest('A value cannot be stored');
  if (code === '55P03' || code === '40001' || code === '40P01') {
    return {
      status: 409,
      code: 'still-running',
      reason: 'An earlier request is still running',
      headers: { 'retry-after': '1' },
    };
  }
  if (/^(08|57P|53)/.test(code) || code === 'ECONNREFUSED' || code === 'ECONNRESET') {
    return {
      status: 503,
      code: 'unavailable',
      reason: 'The database cannot be reached',
      headers: { 'retry-after': '5' },
    };
  }
  return null;
}

function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  switch (error.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
      return sendFailure(reply, {
        status: 413,
        code: 'too-large',
        reason: `The body is larger than ${BODY_LIMIT_BYTES} bytes`,
      });
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return sendFailure(reply, { status: 415, code: 'unsupported-media-type', reason: 'Send application/json' });
    default:
  }
  const failure = databaseFailure(errorCode(error));
  if (failure !== null) {
    request.log.warn({ error: errorText(error) }, 'database refused');
    return sendFailure(reply, failure);
  }
  const status = error.statusCode ?? 500;
  if (status < 500) return sendFailure(reply, { ...badRequest('The request cannot be read'), status });
  // No message of the error itself: PostgreSQL's quote values.
  request.log.error({ code: errorCode(error), stack: error.stack?.split('\n').slice(1, 8) }, 'failed');
  return sendFailure(reply, { status: 500, code: 'internal', reason: `Reported as ${request.id}` });
}
