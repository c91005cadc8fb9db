import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { signUpdate } from '../../../tools/release/sign-update.mjs';
import { isSignedUpdate } from './signed-update.ts';

const pair = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
};
const { publicKey, privateKey } = pair();
const checksum = (): string => randomBytes(64).toString('base64');

const update = {
  version: '1.2.3',
  files: [
    { url: 'madoguchi-1.2.3-x86_64.AppImage', sha512: checksum(), size: 123_456 },
    { url: 'madoguchi_1.2.3_amd64.deb', sha512: checksum(), size: 654_321 },
  ],
  releaseDate: '2026-11-25T01:00:00.000Z',
};
const signed = () => signUpdate(update, privateKey);

describe('what a feed says of an update', () => {
  it("counts with the operator's signature", () => {
    expect(isSignedUpdate(signed(), publicKey)).toBe(true);
  });

  it.each<[string, (info: ReturnType<typeof signed>) => unknown]>([
    ['no signature', ({ signature: _signature, ...rest }) => rest],
    ['an empty signature', (info) => ({ ...info, signature: '' })],
    ['a signature of nothing', (info) => ({ ...info, signature: randomBytes(64).toString('base64') })],
    ['another version', (info) => ({ ...info, version: '9.9.9' })],
    ['another checksum', (info) => ({ ...info, files: info.files.map((file) => ({ ...file, sha512: checksum() })) })],
    [
      'another file name',
      (info) => ({ ...info, files: info.files.map((file) => ({ ...file, url: 'evil.AppImage' })) }),
    ],
    ['a file more', (info) => ({ ...info, files: [...info.files, { url: 'evil.AppImage', sha512: checksum() }] })],
    ['a file less', (info) => ({ ...info, files: info.files.slice(1) })],
    ['its files in another order', (info) => ({ ...info, files: info.files.toReversed() })],
    ['no files', (info) => ({ ...info, files: [] })],
    ['no shape at all', () => 'update me'],
  ])('counts for nothing with %s', (_name, change) => {
    expect(isSignedUpdate(change(signed()), publicKey)).toBe(false);
  });

  it("counts for nothing with another's signature, or where the key is none", () => {
    expect(isSignedUpdate(signed(), pair().publicKey)).toBe(false);
    expect(isSignedUpdate(signed(), 'no key')).toBe(false);
  });
});
