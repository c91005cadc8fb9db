import { cantHappen } from '../cant-happen.ts';
import { readDate } from '../typed/typed-date.ts';
import writtenForms from './written-forms.json' with { type: 'json' };

/** In what an application, our registration and a document must agree (p.95). */
export const PERSON_FIELDS = ['name', 'address', 'bornOn'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** `variant`: the same but for a form of a character (髙, 高), which may well be another name. */
export type Likeness = 'same' | 'variant' | 'other';

/** How one source's word about a person is to another's, whatever width, spaces, dashes and era it is written with. */
export function likeness(field: PersonField, one: string, other: string): Likeness {
  switch (field) {
    case 'name':
      return likenessOf(plain(one), plain(other));
    case 'address':
      return likenessOf(place(one), place(other));
    case 'bornOn': {
      const day = readDate(one);
      return day !== null && day === readDate(other) ? 'same' : 'other';
    }
    default:
      return cantHappen(field);
  }
}

function likenessOf(one: string, other: string): Likeness {
  if (one === other) return 'same';
  return usual(one) === usual(other) ? 'variant' : 'other';
}

function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').replace(DASHES_OF_NAMES, '-').toUpperCase();
}

/** 1丁目2番地3号, 一丁目2番3号 and 1-2-3 are the same place, and so are 市ヶ谷 and 市ケ谷, -101 and 101号室. */
function place(text: string): string {
  const written = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(COUNTED, (figures) => String(figuresIn(figures)))
    .replace(CHOME, '-')
    // What stands apart is another number: 1-2-3 12 is not 1-2-31 2.
    .replace(/(?<=\d)\s+(?=\d)/g, '-')
    .replace(/\s/g, '');
  return written
    .replace(DASHES, '-')
    .replace(/-(?=$|\D)/g, '')
    .replaceAll('ヶ', 'ケ')
    .replaceAll('ヵ', 'カ');
}

const CHOME = /(?<=\d)\s*(?:丁目|番地の?|番の?|号室?|の(?=\s*\d))/g;
/** Every line that people put between numbers; ー too, which is a dash only there. */
const DASHES = /(?<=\d)[-‐‑‒–—―−ｰー]+/g;
/** Without ー, which is a vowel of many names. */
const DASHES_OF_NAMES = /[‐‑‒–—―−]/g;
const COUNTED = /[一二三四五六七八九十百]+(?=\s*(?:丁目|番|号))/g;
const { digits: DIGITS, places: PLACES } = writtenForms;

/** 二十三 is 23, 百二 is 102; figures alone are read one after the other. */
function figuresIn(kanji: string): number {
  let sum = 0;
  let figures = '';
  for (const character of kanji) {
    const worth = PLACES.find(({ name }) => name === character)?.worth;
    if (worth === undefined) {
      figures += String(DIGITS.indexOf(character) + 1);
      continue;
    }
    sum += (figures === '' ? 1 : Number(figures)) * worth;
    figures = '';
  }
  return sum + Number(figures);
}

const USUAL = new Map(
  writtenForms.variants.flatMap((group) => {
    const [usualForm = '', ...others] = Array.from(group);
    return others.map((other) => [other, usualForm] as const);
  }),
);

/** With the usual form of each character, and without the selectors that choose another. */
function usual(text: string): string {
  return Array.from(text.replace(/[\u{FE00}-\u{FE0F}\u{E0100}-\u{E01EF}]/gu, ''))
    .map((character) => USUAL.get(character) ?? character)
    .join('');
}
