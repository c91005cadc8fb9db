import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const folder = 'shared/locales';
const REFERENCE = 'ja';
const languages = ['ja', 'en', 'zh', 'ko'];
/** Languages count differently: English has two plural forms where the others have one. */
const PLURAL_SUFFIX = /_(zero|one|two|few|many|other)$/;

interface Text {
  readonly key: string;
  readonly text: string;
}

type Tree = string | readonly Tree[] | { readonly [key: string]: Tree };
const treeSchema: z.ZodType<Tree> = z.lazy(() =>
  z.union([z.string(), z.array(treeSchema), z.record(z.string(), treeSchema)]),
);

function flatten(tree: Tree, key: string): readonly Text[] {
  if (typeof tree === 'string') return [{ key, text: tree }];
  return Object.entries(tree).flatMap(([name, child]) => flatten(child, `${key}.${name}`));
}

function textsOf(language: string): readonly Text[] {
  const files = readdirSync(join(folder, language), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.json'))
    .sort()
    .flatMap((file) => {
      const tree = treeSchema.parse(JSON.parse(readFileSync(join(folder, language, file), 'utf8')));
      return flatten(tree, file.slice(0, -'.json'.length));
    });
}

function interpolations(text: string): readonly string[] {
  return [...text.matchAll(/\{\{-?\s*([\w.]+)/g)].map((match) => match[1] ?? '').sort();
}

/** Per key without its plural form: every name that one of its forms interpolates. */
function namesByKey(texts: readonly Text[]): ReadonlyMap<string, string> {
  const names = new Map<string, Set<string>>();
  for (const { key, text } of texts) {
    const base = key.replace(PLURAL_SUFFIX, '');
    const known = names.get(base) ?? new Set<string>();
    for (const name of interpolations(text)) known.add(name);
    names.set(base, known);
  }
  return new Map([...names].map(([key, set]) => [key, [...set].sort().join(', ')]));
}

describe('the texts of every language', () => {
  it('has exactly the four languages', () => {
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map((entry) => entry.name).sort()).toEqual([...languages].sort());
  });

  const reference = namesByKey(textsOf(REFERENCE));

  it.each(languages)('%s has the same keys, with the same interpolated names', (language) => {
    const here = namesByKey(textsOf(language));
    const differences = [...new Set([...reference.keys(), ...here.keys()])].flatMap((key) => {
      const wanted = reference.get(key);
      const given = here.get(key);
      if (wanted === undefined) return [`${key}: only in ${language}`];
      if (given === undefined) return [`${key}: missing in ${language}`];
      return wanted === given ? [] : [`${key}: {{${wanted}}} in ${REFERENCE}, {{${given}}} in ${language}`];
    });
    expect(differences).toEqual([]);
  });

  it.each(languages)('%s has no empty text', (language) => {
    const empty = textsOf(language).filter(({ text }) => text.trim() === '');
    expect(empty.map(({ key }) => key)).toEqual([]);
  });

  it.each(languages)('%s has every plural form that its language needs', (language) => {
    const texts = textsOf(language);
    const keys = new Set(texts.map(({ key }) => key));
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = texts.filter(({ key }) => PLURAL_SUFFIX.test(key)).map(({ key }) => key.replace(PLURAL_SUFFIX, ''));
    const missing = [...new Set(counted)].flatMap((key) =>
      forms.map((form) => `${key}_${form}`).filter((wanted) => !keys.has(wanted)),
    );
    expect(missing).toEqual([]);
  });
});
