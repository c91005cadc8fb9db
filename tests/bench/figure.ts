/** Two things measured in the same run, and how far their ratio must get (docs: what is measured). */
export interface Figure {
  readonly id: string;
  /** What is measured ÷ what it is held against. */
  readonly title: string;
  readonly unit: 'per s' | 'µs' | 'ms' | 'KB gzip' | 'MB';
  readonly measured: number;
  readonly reference: number;
  readonly ratio: number;
  /** null: shown for comparison only. */
  readonly limit: Limit | null;
  readonly note: string | null;
}

export interface Limit {
  readonly kind: 'at-least' | 'at-most';
  readonly ratio: number;
}

/** One round: both sides, measured in turns. */
export interface Round {
  readonly measured: number;
  readonly reference: number;
}

/** The median of the rounds' ratios, so that one disturbed round decides nothing. */
export function figureOf(
  rounds: readonly Round[],
  about: Pick<Figure, 'id' | 'title' | 'unit' | 'limit' | 'note'>,
): Figure {
  return {
    ...about,
    measured: median(rounds.map((round) => round.measured)),
    reference: median(rounds.map((round) => round.reference)),
    ratio: median(rounds.map((round) => round.measured / round.reference)),
  };
}

export function isMet({ ratio, limit }: Figure): boolean {
  switch (limit?.kind) {
    case 'at-least':
      return ratio >= limit.ratio;
    case 'at-most':
      return ratio <= limit.ratio;
    case undefined:
      return true;
  }
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share 0.99: the value that 99 % of them stay at or below */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

/** Operations per second from how long each took (ms). */
export function perSecond(times: readonly number[]): number {
  return (1000 * times.length) / times.reduce((sum, time) => sum + time, 0);
}
