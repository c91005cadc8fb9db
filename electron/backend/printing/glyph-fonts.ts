import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';
import { z } from 'zod';
import type { Language } from '../../../shared/domain/language.ts';

const FAMILIES = ['jp', 'sc', 'kr'] as const;
type Family = (typeof FAMILIES)[number];

const FIRST_CHOICE: Readonly<Record<Language, readonly Family[]>> = {
  ja: ['jp', 'sc', 'kr'],
  en: ['jp', 'sc', 'kr'],
  zh: ['sc', 'jp', 'kr'],
  ko: ['kr', 'jp', 'sc'],
};

/** The fonts come in about 120 files each, split by code points; one is loaded when a character first needs it. */
interface Part {
  readonly name: string;
  readonly file: string;
  readonly ranges: readonly (readonly [number, number])[];
}

const modules = createRequire(import.meta.url);
const parts = new Map<Family, readonly Part[]>();
const found = new Map<string, string | null>();

/**
 * The family name under which the canvas knows a font for this character, or null when none has it. Control
 * characters, private use and unassigned code points have none.
 */
export function fontFor(character: string, language: Language): string | null {
  const codePoint = character.codePointAt(0) ?? 0;
  const key = `${language}${codePoint}`;
  const known = found.get(key);
  if (known !== undefined) return known;
  const printable = !/^[\p{Cc}\p{Cs}\p{Co}\p{Cn}]/u.test(character);
  const name = printable ? findFont(codePoint, FIRST_CHOICE[language]) : null;
  found.set(key, name);
  return name;
}

function findFont(codePoint: number, families: readonly Family[]): string | null {
  for (const family of families) {
    for (const part of partsOf(family)) {
      if (!part.ranges.some(([low, high]) => codePoint >= low && codePoint <= high)) continue;
      // The canvas has one set for all threads, which never shrinks.
      if (!GlobalFonts.has(part.name)) {
        // Read by us, not by the canvas: in a packaged app the file lies inside an archive.
        GlobalFonts.register(readFileSync(part.file), part.name);
      }
      return part.name;
    }
  }
  return null;
}

function partsOf(family: Family): readonly Part[] {
  const known = parts.get(family);
  if (known !== undefined) return known;
  const list = modules.resolve(`@fontsource-variable/noto-sans-${family}/unicode.json`);
  const ranges = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(list, 'utf8')));
  const read = Object.entries(ranges).map(([subset, text]) => {
    const id = subset.replace(/[[\]]/g, '');
    return {
      name: `slip-${family}-${id}`,
      file: join(dirname(list), 'files', `noto-sans-${family}-${id}-wght-normal.woff2`),
      ranges: text.split(',').map(parseRange),
    };
  });
  parts.set(family, read);
  return read;
}

function parseRange(text: string): readonly [number, number] {
  const [low = '', high = low] = text.trim().slice('U+'.length).split('-');
  return [Number.parseInt(low, 16), Number.parseInt(high, 16)];
}
