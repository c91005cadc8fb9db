import { DATE_PARTS, ERAS, FIRST_YEAR } from '../../shared/domain/typed/eras.ts';
import { KANA_MARKS, type KanaMark } from '../../shared/domain/typed/kana.ts';

/** `kana-latin`: letters for a name as it sounds, which the field makes kana of; reached by a key of `kana`. */
export const KEY_LAYOUTS = ['latin', 'digits', 'date', 'western-date', 'kana', 'kana-latin'] as const;
export type KeyLayout = (typeof KEY_LAYOUTS)[number];

export type Key =
  | { kind: 'text'; text: string }
  /** Changes the character before the caret. */
  | { kind: 'mark'; mark: KanaMark }
  | { kind: 'switch'; to: 'kana' | 'kana-latin' }
  | { kind: 'shift' }
  | { kind: 'backspace' }
  | { kind: 'clear' }
  | { kind: 'done' };

const texts = (characters: string): Key[] => Array.from(characters, (text) => ({ kind: 'text', text }));

export const LAYOUTS: Readonly<Record<KeyLayout, readonly (readonly Key[])[]>> = {
  latin: [
    texts('1234567890'),
    texts('qwertyuiop'),
    texts('asdfghjkl'),
    [{ kind: 'shift' }, ...texts('zxcvbnm'), { kind: 'backspace' }],
    texts('@._-%+/:=^'),
    [{ kind: 'clear' }, { kind: 'done' }],
  ],
  digits: [
    texts('123'),
    texts('456'),
    texts('789'),
    [{ kind: 'backspace' }, ...texts('0'), { kind: 'clear' }],
    [{ kind: 'done' }],
  ],
  // As it stands on a document: a year of an era, whose first is 元年, as well as one of the Western count.
  date: [
    [...ERAS.slice(-3).map(({ name }): Key => ({ kind: 'text', text: name })), ...texts(FIRST_YEAR)],
    ...['123', '456', '789'].map((row, index) => texts(`${row}${DATE_PARTS[index] ?? ''}`)),
    [{ kind: 'backspace' }, ...texts('0'), { kind: 'clear' }],
    [{ kind: 'done' }],
  ],
  'western-date': [
    texts('123'),
    texts('456'),
    texts('789'),
    [{ kind: 'backspace' }, ...texts('0-')],
    [{ kind: 'clear' }, { kind: 'done' }],
  ],
  // Every sound stands below the first of its row, as on the table that children learn.
  kana: [
    texts('アカサタナハマヤラワ'),
    [...texts('イキシチニヒミ'), { kind: 'text', text: '\u30fb' }, ...texts('リヲ')],
    texts('ウクスツヌフムユルン'),
    texts('エケセテネヘメーレ'),
    texts('オコソトノホモヨロ'),
    [...KANA_MARKS.map((mark): Key => ({ kind: 'mark', mark })), { kind: 'backspace' }],
    [{ kind: 'switch', to: 'kana-latin' }, { kind: 'clear' }, { kind: 'done' }],
  ],
  'kana-latin': [
    texts('qwertyuiop'),
    texts('asdfghjkl-'),
    [...texts('zxcvbnm'), { kind: 'backspace' }],
    [{ kind: 'switch', to: 'kana' }, { kind: 'clear' }, { kind: 'done' }],
  ],
};
