import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * How often each application was posted, how often a central that remembers by `Idempotency-Key` books it, and when it
 * first came (ms).
 */
const posts = {};
const seenKeys = new Set();

/**
 * The least that a terminal can drain to, a process of its own: gives a token and a configuration and answers every
 * order with 201. It only counts, so that the terminal's own work is what is measured.
 * Says its port on stdout; ends with its stdin.
 */
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const { pathname: path, searchParams } = new URL(request.url, 'http://127.0.0.1');
  const answer = (status, body) => {
    const bytes = Buffer.from(JSON.stringify(body));
    response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length }).end(bytes);
  };
  switch (`${request.method} ${path}`) {
    case 'GET /.well-known/oauth-authorization-server':
      return answer(200, { issuer: 'http://127.0.0.1' });
    case 'POST /oauth/token':
      return answer(200, { access_token: 'token', token_type: 'Bearer', expires_in: 3600 });
    case 'GET /terminal/v1/configuration':
      return answer(200, {
        terminalCode: 'T01',
        shopName: 'Bench',
        shopPhone: '0120-000-000',
        demo: true,
        rescueKey: { id: 'rescue-1', publicKeyPem: '-----BEGIN PUBLIC KEY-----' },
      });
    case 'POST /tmf-api/productOrderingManagement/v4/productOrder': {
      const order = JSON.parse(Buffer.concat(chunks).toString('utf8'));
      const count = (posts[order.externalId] ??= { sent: 0, booked: 0, at: performance.now() });
      count.sent += 1;
      const key = request.headers['idempotency-key'];
      if (!seenKeys.has(key)) count.booked += 1;
      seenKeys.add(key);
      return answer(201, {
        ...order,
        id: order.externalId,
        href: `${path}/${order.externalId}`,
        state: 'acknowledged',
      });
    }
    case 'GET /tmf-api/productOrderingManagement/v4/productOrder': {
      const externalId = searchParams.get('externalId');
      const productOrderItem = [{ id: '1', action: 'modify' }];
      const order = {
        id: externalId,
        externalId,
        href: `${path}/${externalId}`,
        state: 'acknowledged',
        productOrderItem,
      };
      return answer(200, posts[externalId] === undefined ? [] : [order]);
    }
    case 'GET /bench/posts':
      return answer(200, posts);
    default:
      return answer(404, { code: 'not-found', reason: path });
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${server.address().port}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
