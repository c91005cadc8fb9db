import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { Page } from '@playwright/test';
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

/** In the page: the screens' own channel is held back, since a page has one; ours is opened in its place. */
const takeChannel = `new Promise((resolve) => {
  const toTest = (frame) => globalThis.frameFromTerminal(typeof frame === 'string' ? frame : Array.from(frame));
  addEventListener('message', (event) => {
    if (event.data === '${OPEN_CHANNEL}' && globalThis.terminalPort !== undefined) event.stopImmediatePropagation();
    if (event.data !== '${CHANNEL_PORT}' || globalThis.terminalPort !== undefined) return;
    event.stopImmediatePropagation();
    globalThis.terminalPort = event.ports[0];
    terminalPort.onmessage = ({ data }) => toTest(data);
    terminalPort.addEventListener('close', () => globalThis.terminalClosed());
    resolve();
  }, true);
  postMessage('${OPEN_CHANNEL}', location.origin);
})`;

// The built main process and preload carry every frame; the backend behind them is the app's own.
contractSuite("Electron's MessagePort", async (shop) => {
  const dataDir = mkdtempSync(join(shop.dataDir, 'electron-'));
  const options = ['--central', shop.central.url.href, '--data', dataDir, '--printer', 'tcp://127.0.0.1:9'];
  const app = await launchElectron([ROOT, ...options]);
  const page = await app.firstWindow();
  await page.getByRole('heading', { level: 1 }).waitFor();
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
  await page.evaluate(takeChannel);
  port.on('message', (frame: unknown) => {
    const sent = typeof frame === 'string' ? JSON.stringify(frame) : `Uint8Array.from(${JSON.stringify(bytesOf(frame))})`;
    page.evaluate(`terminalPort.postMessage(${sent})`).catch(() => port.close());
  });
}

const bytesOf = (frame: unknown): readonly number[] => [...z.instanceof(Uint8Array).parse(frame)];
