import { once } from 'node:events';
import { createServer } from 'node:http';

/**
 * The least that a terminal can drain to, a process of its own: gives a token and a configuration and answers every
 * order with 201. It books nothing, so that the terminal's own work is what is measured.
 * Says its port on stdout; ends with its stdin.
 */
const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const path = new URL(request.url, 'http://127.0.0.1').pathname;
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
      return answer(201, {
        ...order,
        id: order.externalId,
        href: `${path}/${order.externalId}`,
        state: 'acknowledged',
      });
    }
    default:
      return answer(404, { code: 'not-found', reason: path });
  }
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1');
await once(server, 'listening');
process.stdout.write(`${server.address().port}\n`);
process.stdin.on('end', () => process.exit(0)).resume();
