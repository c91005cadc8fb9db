/** Answers are plain strings; these are the ways in which one of them holds several values. */

/** The chosen values of a `many` question. */
export function manyOf(answer: string | undefined): string[] {
  return answer === undefined || answer === '' ? [] : answer.split(',');
}

export function manyAnswer(values: readonly string[]): string {
  return values.join(',');
}

/** The way of each, of an `each` question. */
export function waysOf(answer: string | undefined): ReadonlyMap<string, string> {
  return new Map(
    manyOf(answer).map((part) => {
      const [value = '', way = ''] = part.split('=');
      return [value, way];
    }),
  );
}

/** @param values in whose order the answer names them; the others are left out */
export function waysAnswer(values: readonly string[], ways: ReadonlyMap<string, string>): string {
  return manyAnswer(values.filter((value) => ways.has(value)).map((value) => `${value}=${ways.get(value) ?? ''}`));
}

/** Whether the parts of the answer read `value=way`, each value once. */
export function isWaysAnswer(answer: string): boolean {
  const parts = manyOf(answer).map((part) => part.split('='));
  return parts.every((part) => part.length === 2) && new Set(parts.map(([value]) => value)).size === parts.length;
}

/** How many of each, of a `counts` question; what is not in it is none. */
export function countsOf(answer: string | undefined): ReadonlyMap<string, number> {
  return new Map([...waysOf(answer)].map(([value, count]) => [value, Number(count)]));
}

export function countsAnswer(counts: ReadonlyMap<string, number>): string {
  return manyAnswer([...counts].filter(([, count]) => count > 0).map(([value, count]) => `${value}=${count}`));
}

const COUNT = /^[1-9]\d?$/;

/** Whether the parts of the answer read `value=count`, each value once. */
export function isCountsAnswer(answer: string): boolean {
  return isWaysAnswer(answer) && [...waysOf(answer).values()].every((count) => COUNT.test(count));
}

/** The values that an answer of any kind names. */
export function valuesIn(answer: string): string[] {
  return manyOf(answer).map((part) => part.split('=')[0] ?? '');
}
