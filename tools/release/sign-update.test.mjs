import { generateKeyPairSync } from 'node:crypto';
import yaml from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { signFeed, signUpdate } from './sign-update.mjs';

const pem = (type) =>
  generateKeyPairSync(type, { modulusLength: 2048 }).privateKey.export({ type: 'pkcs8', format: 'pem' });
const feed = `version: 1.2.3
files:
  - url: madoguchi-1.2.3-x86_64.AppImage
    sha512: ${'A'.repeat(86)}==
    size: 123456
path: madoguchi-1.2.3-x86_64.AppImage
releaseDate: '2026-11-25T01:00:00.000Z'
`;

describe('signing an update feed', () => {
  it('keeps all that it says and adds the signature; signing again puts another in its place', () => {
    const key = pem('ed25519');
    const signed = signFeed(feed, key);
    expect(yaml.load(signed)).toEqual(signUpdate(yaml.load(feed), key));
    expect(yaml.load(signed)).toMatchObject(yaml.load(feed));
    expect(signFeed(signFeed(feed, pem('ed25519')), key)).toBe(signed);
  });

  it('refuses a key of another kind', () => {
    expect(() => signFeed(feed, pem('rsa'))).toThrow('Ed25519');
  });
});
