/** Answers are plain strings; these are the ways in which one of them holds several values. */

/** The chosen values of a `many` question. */
export function manyOf(answer: string | undefined): string[] {
  return answer === undefined || answer === '' ? [] : answer.split(',');
}

export function manyAnswer(values: readonly string[]): string {
  return values.join(',');
}

/** How many of each, of a `counts` question; what is not in it is none. */
export function countsOf(answer: string | undefined): ReadonlyMap<string, number> {
  return new Map(
    manyOf(answer).map((part) => {
      const [value = '', count = ''] = part.split('=');
      return [value, Number(count)];
    }),
  );
}

export function countsAnswer(counts: ReadonlyMap<string, number>): string {
  return manyAnswer([...counts].filter(([, count]) => count > 0).map(([value, count]) => `${value}=${count}`));
}

const COUNT = /^[1-9]\d?$/;

/** Whether the parts of the answer read `value=count`, each value once. */
export function isCountsAnswer(answer: string): boolean {
  const parts = manyOf(answer).map((part) => part.split('='));
  return (
    parts.every((part) => part.length === 2 && COUNT.test(part[1] ?? '')) &&
    new Set(parts.map(([value]) => value)).size === parts.length
  );
}

/** The values that an answer of any kind names. */
export function valuesIn(answer: string): string[] {
  return manyOf(answer).map((part) => part.split('=')[0] ?? '');
}
