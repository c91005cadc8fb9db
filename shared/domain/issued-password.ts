/**
 * Characters of the passwords that central issues: the manual's letters and digits without those that are taken for one
 * another. Of 0 O, 1 l I, 2 Z, 5 S, 6 b G, 8 B, 9 g q, and of the letters that differ from their capital by size only
 * (p.64: C J K O P S U V W X Y Z), one at most is here. Symbols are left out: they are hard to name and to type.
 */
const CLASSES = ['23456789', 'ACDEFHJKLMNPQRTUWXY', 'adefhmnrt'] as const;
export const ISSUED_ALPHABET: string = CLASSES.join('');
/** 62 bits; within the lengths of every account (5 to 32 and 6 to 32). */
export const ISSUED_LENGTH = 12;

/**
 * A password with at least one of each class, since some devices demand it.
 * @param pick a number from 0 up to, without, the one given; must be unpredictable
 */
export function issuePassword(pick: (below: number) => number): string {
  for (;;) {
    const password = Array.from({ length: ISSUED_LENGTH }, () => ISSUED_ALPHABET[pick(ISSUED_ALPHABET.length)]).join(
      '',
    );
    if (CLASSES.every((characters) => Array.from(characters).some((character) => password.includes(character)))) {
      return password;
    }
  }
}
