import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { signUpdate } from '../../../tools/release/sign-update.mjs';
import { createLogger } from '../../backend/log/logger.ts';
import { keepUpdated } from './keep-updated.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const signedInfo = signUpdate(
  { version: '1.2.3', files: [{ url: 'a.AppImage', sha512: randomBytes(64).toString('base64') }] },
  privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
);
const HOUR = 3600;

interface Shop {
  info: unknown;
  sessions: number;
  untouchedSeconds: number;
  failing: boolean;
}

function rig() {
  const shop: Shop = { info: signedInfo, sessions: 0, untouchedSeconds: 0, failing: false };
  const done: string[] = [];
  const logs: string[] = [];
  const updater = keepUpdated({
    source: {
      check: () => {
        done.push('check');
        return shop.failing ? Promise.reject(new Error('no network')) : Promise.resolve(shop.info);
      },
      download: () => {
        done.push('download');
        return Promise.resolve();
      },
      install: () => done.push('install'),
    },
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    timers: {
      after: (milliseconds, run) => {
        const timer = setTimeout(run, milliseconds);
        return () => clearTimeout(timer);
      },
    },
    random: () => 0.5,
    sessions: () => shop.sessions,
    untouchedForMs: () => shop.untouchedSeconds * 1000,
    close: () => {
      done.push('close');
      return Promise.resolve();
    },
    log: createLogger((line) => logs.push(line)),
  });
  const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);
  return { shop, done, logs, updater, pass };
}

describe('updates', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    return () => vi.useRealTimers();
  });

  it('are fetched at once and installed when the greeting has stood alone for ten minutes', async () => {
    const { shop, done, pass } = rig();
    await pass(60);
    expect(done).toEqual(['check', 'download']);
    shop.untouchedSeconds = 599;
    await pass(HOUR);
    expect(done).toEqual(['check', 'download']);
    shop.untouchedSeconds = 600;
    await pass(60);
    expect(done).toEqual(['check', 'download', 'close', 'install']);
    await pass(24 * HOUR);
    expect(done).toHaveLength(4);
  });

  it('are never installed while somebody is signed in, however long', async () => {
    const { shop, done, pass } = rig();
    shop.sessions = 1;
    shop.untouchedSeconds = 24 * HOUR;
    await pass(24 * HOUR);
    expect(done).toEqual(['check', 'download']);
    shop.sessions = 0;
    await pass(60);
    expect(done.slice(2)).toEqual(['close', 'install']);
  });

  it('are not even fetched without the signature, and looked for again', async () => {
    const { shop, done, logs, pass } = rig();
    shop.info = { ...signedInfo, version: '9.9.9' };
    await pass(60);
    expect(done).toEqual(['check']);
    expect(logs.join('')).toContain('update-not-signed');
    shop.info = signedInfo;
    await pass(4 * HOUR);
    expect(done).toEqual(['check', 'check', 'download']);
  });

  it('are looked for again when there is none and when the feed cannot be had', async () => {
    const { shop, done, pass } = rig();
    shop.info = null;
    await pass(60);
    shop.failing = true;
    await pass(4 * HOUR);
    shop.failing = false;
    await pass(4 * HOUR);
    expect(done).toEqual(['check', 'check', 'check']);
  });

  it('end with the terminal', async () => {
    const { shop, done, updater, pass } = rig();
    shop.untouchedSeconds = HOUR;
    updater.stop();
    await pass(24 * HOUR);
    expect(done).toEqual([]);
  });
});
