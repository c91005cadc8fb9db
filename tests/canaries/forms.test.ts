import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { isIn, needlesOf } from './forms.ts';
import { filesUnder } from './places.ts';

const needles = needlesOf({ name: '髙橋カナリア', digits: '482913', password: 'Kanaria%Eins+1' });
const seenIn = (content: Buffer): string[] =>
  needles.filter((needle) => isIn(content, needle)).map(({ name, form }) => `${name}, ${form}`);

it.each(needles)('sees $name as $form', (needle) => {
  const around = Buffer.from([0, 0xff]);
  expect(isIn(Buffer.concat([around, needle.bytes, around]), needle)).toBe(true);
});

it.each([0, 1, 2, 3, 4])('sees base64 whatever stands around it, %i bytes before', (before) => {
  for (const after of [0, 1, 2]) {
    const text = Buffer.concat([Buffer.alloc(before, '%'), Buffer.from('髙橋カナリア'), Buffer.alloc(after, '%')]);
    expect(seenIn(Buffer.from(text.toString('base64'))).join()).toMatch(/^name, base64/);
    expect(seenIn(Buffer.from(text.toString('base64url'))).join()).toMatch(/^name, base64/);
  }
});

it.each([
  ['PIN', '248163', '{"pin":"248163","at":1}'],
  ['surname', '佐藤', 'お名前 佐藤 太郎'],
  ['surname', '佐藤', 'ミサ佐藤A'],
  ['surname', '佐藤', '様佐藤様'],
])('sees a short %s, %s, within %s', (_name, planted, text) => {
  const short = needlesOf({ planted });
  const isSeen = (content: Buffer): boolean => short.some((needle) => isIn(content, needle));
  for (const encoding of ['cp932', 'eucjp', 'utf8', 'utf16le', 'utf16be']) {
    expect(isSeen(iconv.encode(text, encoding)), encoding).toBe(true);
  }
  for (const before of ['', '-', '--', '---']) {
    for (const encoding of ['base64', 'base64url', 'hex'] as const) {
      expect(isSeen(Buffer.from(Buffer.from(before + text).toString(encoding))), encoding).toBe(true);
    }
  }
});

it('takes no digits of a longer number for a code', () => {
  expect(seenIn(Buffer.from('{"at":1764829130}'))).toEqual([]);
  expect(seenIn(Buffer.from('{"code":"482913"}'))).toEqual(['digits, as it is']);
});

it('looks into every file, its name and what is compressed in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'canaries-'));
  mkdirSync(join(folder, 'a/b'), { recursive: true });
  const packed = Buffer.concat([
    Buffer.from('head'),
    gzipSync(Buffer.from('…482913…', 'utf16le')),
    Buffer.from('tail'),
  ]);
  writeFileSync(join(folder, 'a/b/packed'), packed);
  writeFileSync(join(folder, 'a/482913.txt'), '');
  const hits = filesUnder(folder).flatMap(({ content }) => seenIn(content));
  rmSync(folder, { recursive: true });
  expect(hits.sort()).toEqual(['digits, UTF-16', 'digits, as it is']);
});
