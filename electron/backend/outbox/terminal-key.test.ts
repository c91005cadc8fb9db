import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { givenKey, KEY_BYTES, loadTerminalKey } from './terminal-key.ts';

it('leaves nothing in memory that opens what was sealed before it was renewed', () => {
  const half = { read: () => null, replace: () => randomBytes(KEY_BYTES) };
  const loaded = loadTerminalKey({ store: givenKey(randomBytes(KEY_BYTES)), half, mayCreate: true });
  if (!loaded.ok) throw new Error(loaded.error.code);
  const key = loaded.value;
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const between = key.betweenFor(publicKey);
  expect(key.betweenFor(publicKey)).toBe(between);
  const before = [key.wrappingKey, key.clientSealingKey, between.key];
  key.renew();
  for (const one of before) expect(one).toEqual(Buffer.alloc(KEY_BYTES));
  for (const one of [key.wrappingKey, key.clientSealingKey, key.betweenFor(publicKey).key]) {
    expect(one).not.toEqual(Buffer.alloc(KEY_BYTES));
  }
});
