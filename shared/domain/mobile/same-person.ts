import type { BusinessDate } from '../business-time.ts';

/** As one source knows a person: the other carrier, our registration, a document. */
export interface KnownPerson {
  readonly name: string;
  readonly address: string;
  readonly bornOn: BusinessDate;
}

export const PERSON_FIELDS = ['name', 'address', 'bornOn'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** In what the sources differ; empty: all are about the same person (p.95). */
export function differences(sources: readonly KnownPerson[]): PersonField[] {
  return PERSON_FIELDS.filter((field) => new Set(sources.map((source) => NORMAL[field](source[field]))).size > 1);
}

const NORMAL: Readonly<Record<PersonField, (text: string) => string>> = {
  name: plain,
  address: (text) =>
    plain(text)
      .replace(CHOME, '-')
      .replace(DASHES, '-')
      .replace(/-(?=$|\D)/g, ''),
  bornOn: (text) => text,
};

/** Width and spaces say nothing about who somebody is; a variant of a character (髙, 高) may well. */
function plain(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}

/** 1丁目2番地3号 and 1-2-3 are the same place. */
const CHOME = /(?<=\d)(?:丁目|番地の?|番|号)/g;
/** Every line that people put between numbers; ー too, which is a dash only there. */
const DASHES = /(?<=\d)[-‐‑‒–—―−ｰー]+/g;
