import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Page } from '@playwright/test';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { join } from 'node:path';
import { beforeAll } from 'vitest';
import { z } from 'zod';
import { type Client, contractSuite } from '../../electron/backend/channel/contract.suite.ts';
import { CHANNEL_PORT, OPEN_CHANNEL } from '../../shared/contract/page-port.ts';
import { build } from '../../tools/build.mjs';
import { launchElectron } from './launch.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A frame on its way between the page and this process: text, or bytes as numbers. */
const frameSchema = z.union([z.string(), z.array(z.number()).transform((bytes) => new Uint8Array(bytes))]);

/** In the page before anything else: a page has one channel, so the screens never get theirs. */
const holdScreensBack = `{
  const post = window.postMessage.bind(window);
  globalThis.askForChannel = () => post('${OPEN_CHANNEL}', location.origin);
  window.postMessage = () => undefined;
}`;

const takeChannel = `new Promise((resolve) => {
  addEventListener('message', ({ data, ports: [port] }) => {
    if (data !== '${CHANNEL_PORT}') return;
    globalThis.terminalPort = port;
    port.addEventListener('close', () => globalThis.terminalClosed());
    port.onmessage = ({ data: frame }) =>
      globalThis.frameFromTerminal(typeof frame === 'string' ? frame : Array.from(frame));
    resolve();
  });
  askForChannel();
})`;

// The built main process and preload carry every frame; the backend behind them is the app's own.
contractSuite("Electron's MessagePort", async (shop) => {
  const dataDir = mkdtempSync(join(shop.dataDir, 'electron-'));
  const options = ['--central', shop.central.url.href, '--data', dataDir, '--printer', 'tcp://127.0.0.1:9'];
  const app = await launchElectron([ROOT, ...options]);
  const { stdout } = app.process();
  if (stdout !== null) await once(stdout, 'data');
  const page = await app.firstWindow();
  const { port1, port2 } = new MessageChannel();
  const closed = new Promise<void>((resolve) => port2.once('close', () => resolve()));
  await relay(page, port1);
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  return {
    client,
    sendRaw: (frame) => port2.postMessage(frame),
    closed,
    close: async () => {
      port2.close();
      await app.close();
    },
  };
});

beforeAll(build, 120_000);

async function relay(page: Page, port: MessagePort): Promise<void> {
  await page.exposeFunction('frameFromTerminal', (frame: unknown) => port.postMessage(frameSchema.parse(frame)));
  await page.exposeFunction('terminalClosed', () => port.close());
  await page.addInitScript(holdScreensBack);
  await page.reload();
  await page.evaluate(takeChannel);
  port.on('message', (frame: unknown) => {
    const sent =
      typeof frame === 'string' ? JSON.stringify(frame) : `Uint8Array.from(${JSON.stringify(bytesOf(frame))})`;
    page.evaluate(`terminalPort.postMessage(${sent})`).catch(() => port.close());
  });
}

const bytesOf = (frame: unknown): readonly number[] => [...z.instanceof(Uint8Array).parse(frame)];
