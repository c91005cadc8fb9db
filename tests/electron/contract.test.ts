import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ElectronApplication, Page } from '@playwright/test';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { join } from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { type Client, contractSuite, type OpenPage } from '../../electron/backend/channel/contract.suite.ts';
import { type ShopRig, startShop } from '../../electron/backend/testing/shop-rig.ts';
import { CHANNEL_PORT, OPEN_CHANNEL } from '../../shared/contract/page-port.ts';
import { build } from '../../tools/build.mjs';
import { eventually } from '../setup/eventually.ts';
import { launchElectron } from './launch.ts';

const ROOT = join(import.meta.dirname, '../..');
/** A frame on its way between the page and this process: text, or bytes as numbers. */
const frameSchema = z.union([z.string(), z.array(z.number()).transform((bytes) => new Uint8Array(bytes))]);

/**
 * In the page before anything else: a page has one channel, so the screens neither ask for one nor hear of this one. The
 * stand-in has to hear of it first; which of the two starts first is open, the screens start once the page is parsed.
 */
const holdScreensBack = `{
  const post = window.postMessage.bind(window);
  window.postMessage = () => undefined;
  let taken;
  const hear = (event) => {
    if (event.data !== '${CHANNEL_PORT}') return;
    event.stopImmediatePropagation();
    taken(event.ports[0]);
  };
  document.addEventListener('readystatechange', () => addEventListener('message', hear), { once: true });
  globalThis.askForChannel = () =>
    new Promise((resolve) => {
      taken = resolve;
      post('${OPEN_CHANNEL}', location.origin);
    });
}`;

const takeChannel = `askForChannel().then((port) => {
  globalThis.terminalPort = port;
  port.addEventListener('close', () => globalThis.terminalClosed());
  port.onmessage = ({ data: frame }) =>
    globalThis.frameFromTerminal(typeof frame === 'string' ? frame : Array.from(frame));
})`;

// The built main process and preload carry every frame; the backend behind them is the app's own.
contractSuite("Electron's MessagePort", async (shop) => {
  const terminal = await launchTerminal(shop);
  await terminal.page.reload();
  return { ...(await terminal.takeChannel()), close: terminal.close };
});

it('gives the camera from the agreement to the end of the capture, and ends the session of a page that failed', async () => {
  const shop = await startShop();
  const { app, page, takeChannel, close } = await launchTerminal(shop);
  try {
    await page.reload();
    const { client } = await takeChannel();
    await eventually(async () => expect((await client.terminal.status()).central).toBe('reachable'));
    const customer = { loginId: 'jiro@example.jp', password: 'Counter2026', language: 'ja' } as const;
    const { sessionId } = await client.session.signIn({ requestId: crypto.randomUUID(), ...customer });
    const camera = () =>
      page.evaluate(`navigator.mediaDevices.getUserMedia({ video: true }).then(() => 'granted', ({ name }) => name)`);
    expect(await camera()).toBe('NotAllowedError');
    await client.captures.begin({ sessionId, applicationId: uuidv7() });
    // Without a camera a granted request fails later, with another name.
    expect(await camera()).not.toBe('NotAllowedError');
    await client.captures.end({ sessionId });
    expect(await camera()).toBe('NotAllowedError');
    const again = page.waitForEvent('framenavigated');
    // Of all failures the one that leaves Playwright its page.
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.emit('preload-error', {}, 'preload.cjs', new Error('tried')),
    );
    await again;
    const next = await takeChannel();
    expect(await next.client.terminal.heartbeat({ sessionId, staffSessionId: null })).toMatchObject({
      sessionAlive: false,
    });
  } finally {
    await close();
    await shop.close();
  }
}, 60_000);

beforeAll(build, 120_000);

interface LaunchedTerminal {
  readonly app: ElectronApplication;
  readonly page: Page;
  /** The channel of the page as it stands now, carried on to this process. */
  takeChannel(): Promise<Omit<OpenPage, 'close'>>;
  close(): Promise<void>;
}

async function launchTerminal(shop: ShopRig): Promise<LaunchedTerminal> {
  const dataDir = mkdtempSync(join(shop.dataDir, 'electron-'));
  const options = ['--central', shop.central.url.href, '--data', dataDir, '--printer', 'tcp://127.0.0.1:9'];
  const app = await launchElectron([ROOT, ...options]);
  const { stdout } = app.process();
  if (stdout !== null) await once(stdout, 'data');
  const page = await app.firstWindow();
  let port: MessagePort | null = null;
  await page.exposeFunction('frameFromTerminal', (frame: unknown) => port?.postMessage(frameSchema.parse(frame)));
  await page.exposeFunction('terminalClosed', () => port?.close());
  await page.addInitScript(holdScreensBack);
  return {
    app,
    page,
    takeChannel: async () => {
      port?.close();
      const { port1, port2 } = new MessageChannel();
      port = port1;
      const closed = new Promise<void>((resolve) => port2.once('close', () => resolve()));
      await page.evaluate(takeChannel);
      port1.on('message', (frame: unknown) => {
        const sent =
          typeof frame === 'string' ? JSON.stringify(frame) : `Uint8Array.from(${JSON.stringify(bytesOf(frame))})`;
        page.evaluate(`terminalPort.postMessage(${sent})`).catch(() => port1.close());
      });
      const client: Client = createORPCClient(new RPCLink({ port: port2 }));
      port2.start();
      return { client, sendRaw: (frame) => port2.postMessage(frame), closed };
    },
    close: async () => {
      port?.close();
      await app.close();
    },
  };
}

const bytesOf = (frame: unknown): readonly number[] => [...z.instanceof(Uint8Array).parse(frame)];
