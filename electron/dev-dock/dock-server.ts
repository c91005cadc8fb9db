import Fastify from 'fastify';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DockChange, dockChangeSchema, type DockState } from './dock-state.ts';

export interface DockServer {
  /** With its token; nothing is answered without. */
  readonly url: string;
  close(): Promise<void>;
}

/** Beside the built program, as the sources lie: the dock is for development only. */
const PAGE_DIR = join(import.meta.dirname, '../../electron/dev-dock/page');

/** The dock's own contract, apart from the terminal's: read the state, change it, end the session. */
export async function startDockServer(dock: {
  state(): DockState;
  change(change: DockChange): DockState;
  endSession(): void;
}): Promise<DockServer> {
  const token = randomBytes(24).toString('base64url');
  const app = Fastify();
  app.addHook('onRequest', async (request, reply) => {
    const { host } = new URL(`http://${request.headers.host ?? ''}`);
    const isHere = /^127\.0\.0\.1:\d+$/.test(host);
    if (!isHere || !request.url.startsWith(`/${token}/`)) return reply.code(403).send();
  });
  const page = (name: string, type: string): void => {
    app.get(`/${token}/${name}`, (_request, reply) =>
      reply.type(type).send(readFileSync(join(PAGE_DIR, name === '' ? 'index.html' : name))),
    );
  };
  page('', 'text/html; charset=utf-8');
  page('dock.js', 'text/javascript; charset=utf-8');
  app.get(`/${token}/state`, () => dock.state());
  app.patch(`/${token}/state`, (request, reply) => {
    const change = dockChangeSchema.safeParse(request.body);
    return change.success ? dock.change(change.data) : reply.code(400).send(change.error.issues);
  });
  app.post(`/${token}/end-session`, (_request, reply) => {
    dock.endSession();
    return reply.code(204).send();
  });
  const address = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url: `${address}/${token}/`, close: () => app.close() };
}
