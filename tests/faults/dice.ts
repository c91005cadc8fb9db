import { seededRandom } from '../setup/seeded-random.ts';

/** Chance from a seed. Each purpose has a row of its own, so that more of one kind of fault moves no other. */
export interface Dice {
  /** In [0, 1). */
  random(): number;
  chance(share: number): boolean;
  /** Whole, both ends included. */
  between(least: number, most: number): number;
  pick<T>(from: readonly [T, ...T[]]): T;
  /** By weight. */
  weighted<T>(from: readonly [readonly [number, T], ...(readonly [number, T])[]]): T;
}

export function dice(seed: number, purpose: string): Dice {
  const random = seededRandom(hashOf(`${seed} ${purpose}`));
  const between = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  return {
    random,
    chance: (share) => random() < share,
    between,
    pick: (from) => from[between(0, from.length - 1)] ?? from[0],
    weighted: (from) => {
      let left = random() * from.reduce((sum, [weight]) => sum + weight, 0);
      for (const [weight, one] of from) {
        left -= weight;
        if (left < 0) return one;
      }
      return from[0][1];
    },
  };
}

/** FNV-1a */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return hash;
}
