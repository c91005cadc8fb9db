import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import { expect, it } from 'vitest';
import { findProgram } from '../../../tools/project.mjs';
import type { A4Block } from './a4-blocks.ts';
import { writeA4 } from './a4-document.ts';

/** Text extraction calls a page right whose glyphs are missing: what counts is what a reader sees. */
const DPI = 600;
const PIXELS = DPI / 72;
/** Points, as the document has them. */
const [MARGIN, LINE, SIZE, BASELINE] = [56, 15, 10, 11];
const [BOX_WIDTH, BOX_HEIGHT] = [Math.ceil(480 * PIXELS), Math.ceil(LINE * PIXELS)];
const TTF = '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf';
const hasPoppler = findProgram('pdftoppm') !== undefined;

type Ink = (x: number, y: number) => boolean;

async function pagesOf(blocks: readonly A4Block[]): Promise<Ink[]> {
  const folder = mkdtempSync(join(tmpdir(), 'a4-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), await writeA4({ title: 'T', madeAt: 0, foot: 'F', blocks }));
    const drawn = spawnSync('pdftoppm', ['-gray', '-r', String(DPI), 'a.pdf', 'p'], { cwd: folder, encoding: 'utf8' });
    expect(drawn.stderr).toBe('');
    const pages: Ink[] = [];
    for (let number = 1; ; number += 1) {
      try {
        pages.push(inkOf(readFileSync(join(folder, `p-${number}.pgm`))));
      } catch {
        return pages;
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** P5: a head of three lines, then a byte a dot. */
function inkOf(pgm: Buffer): Ink {
  const head = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(pgm.subarray(0, 40).toString('latin1'));
  if (head === null) throw new Error('no PGM');
  const width = Number(head[1]);
  return (x, y) => (pgm[head[0].length + y * width + x] ?? 255) < 128;
}

/** What the text ought to look like in the box of one line, by another program's reading of the same font. */
function drawnIndependently(text: string): Ink {
  GlobalFonts.register(readFileSync(createRequire(import.meta.url).resolve(TTF)), 'a4-test');
  const context = createCanvas(BOX_WIDTH, BOX_HEIGHT).getContext('2d');
  context.font = `${SIZE * PIXELS}px a4-test`;
  // Letter by letter: how close letters of a pair may stand is a matter of taste.
  let left = 0;
  for (const letter of text) {
    context.fillText(letter, left, BASELINE * PIXELS);
    left += context.measureText(letter).width;
  }
  const { data } = context.getImageData(0, 0, BOX_WIDTH, BOX_HEIGHT);
  return (x, y) => x >= 0 && x < BOX_WIDTH && y >= 0 && (data[(y * BOX_WIDTH + x) * 4 + 3] ?? 0) >= 128;
}

function boxOf(page: Ink, line: number): Ink {
  const left = Math.round(MARGIN * PIXELS);
  const top = Math.round((MARGIN + line * LINE) * PIXELS);
  return (x, y) => y >= 0 && y < BOX_HEIGHT && page(left + x, top + y);
}

/**
 * Which part of each one's ink has ink of the other's within a dot, of both the worse, where they are least alike: in
 * every piece as wide as a kanji. 1: the same everywhere.
 */
function likeness(one: Ink, other: Ink): number {
  const step = Math.ceil(SIZE * PIXELS);
  const part = (from: Ink, to: Ink, left: number): number => {
    let all = 0;
    let found = 0;
    for (let y = 0; y < BOX_HEIGHT; y += 1) {
      for (let x = left; x < left + step; x += 1) {
        if (!from(x, y)) continue;
        all += 1;
        if (isNear(to, x, y)) found += 1;
      }
    }
    return all === 0 ? 1 : found / all;
  };
  let least = 1;
  for (let left = 0; left + step < BOX_WIDTH; left += step) {
    least = Math.min(least, part(one, other, left), part(other, one, left));
  }
  return least;
}

function isNear(ink: Ink, x: number, y: number): boolean {
  for (let dy = -1; dy <= 1; dy += 1) {
    for (let dx = -1; dx <= 1; dx += 1) if (ink(x + dx, y + dy)) return true;
  }
  return false;
}

/** Each with another text that a reader must not see in its place. */
const HARD_CASES: readonly (readonly [string, string])[] = [
  ['髙', '高'],
  ['﨑', '崎'],
  ['𠮷', '吉'],
  ['濵邉齋', '浜辺斎'],
  ['凜槇遙瑤', '凛槙遥瑶'],
  ['①㈱№', '②㈲℡'],
  ['〜－―…', '～ー-‥'],
  ['がぎぐパピプ', 'かきくハヒフ'],
  ['、。「」（）', '，．『』［］'],
  ['0O1lI8B', 'O0lI1B8'],
  ['T01-261125-0007-K', 'T01-261125-0001-K'],
  ['締め日報 受付件数 3件', '締め日報 受付件数 8件'],
  ['インターネットのコース変更', 'インターネットのコース変史'],
  ['AV To Wa', 'VA Ta Wo'],
];

it.skipIf(!hasPoppler)('draws every glyph, where it belongs', async () => {
  const [page, ...others] = await pagesOf(HARD_CASES.map(([text]) => ({ kind: 'text', text })));
  if (page === undefined) throw new Error('no page');
  expect(others).toEqual([]);
  for (const [line, [text, mistaken]] of HARD_CASES.entries()) {
    const box = boxOf(page, line);
    const right = likeness(box, drawnIndependently(text));
    expect(right, text).toBeGreaterThan(0.88);
    // The measure would see it.
    expect(right - likeness(box, drawnIndependently(mistaken)), `${text} ${mistaken}`).toBeGreaterThan(0.07);
  }
});

it.skipIf(!hasPoppler)('draws what the font lacks as pictures, and leaves no gap where no font has it', async () => {
  const texts = ['김민수', '您您您', '\u0378\u0378\u0378'];
  const [page] = await pagesOf(texts.map((text) => ({ kind: 'text', text })));
  if (page === undefined) throw new Error('no page');
  const em = Math.round(SIZE * PIXELS);
  for (const [line, text] of texts.entries()) {
    for (let letter = 0; letter < 3; letter += 1) {
      let ink = 0;
      for (let y = 0; y < BOX_HEIGHT; y += 1) {
        for (let x = letter * em; x < (letter + 1) * em; x += 1) if (boxOf(page, line)(x, y)) ink += 1;
      }
      expect(ink, `${text} ${letter}`).toBeGreaterThan(em * em * 0.05);
    }
  }
});

it.skipIf(!hasPoppler)('begins every page of a long table with its head', async () => {
  const columns = [
    { head: '受付番号', share: 0.5, align: 'left' },
    { head: '合計', share: 0.5, align: 'right' },
  ] as const;
  const rows = Array.from({ length: 90 }, (_, at) => [`T01-261125-${at}`, String(at)]);
  const pages = await pagesOf([{ kind: 'table', columns, rows }]);
  const [first, second, ...more] = pages;
  if (first === undefined || second === undefined) throw new Error('one page only');
  expect(more).toHaveLength(1);
  expect(likeness(boxOf(first, 0), boxOf(second, 0))).toBeGreaterThan(0.99);
  expect(likeness(boxOf(first, 2), boxOf(second, 2))).toBeLessThan(0.99);
});
