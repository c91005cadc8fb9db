import { toKatakana } from 'wanakana';

/** Latin letters become kana while they are typed, like on a Japanese keyboard; what isn't a syllable yet waits. */
export const kanaAsTyped = (typed: string): string => toKatakana(typed, { IMEMode: true });

/** A last n is ン, and what a full-width or a half-width keyboard gave stays for the check. */
export const kanaWhenDone = (typed: string): string => toKatakana(typed);
