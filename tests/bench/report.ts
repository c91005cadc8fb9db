import { type Figure, isMet } from './figure.ts';

/** One row a figure, its note below. */
export function tableOf(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'measured', 'reference', 'unit', 'ratio', 'limit', ''],
    ...figures.map((figure) => [
      figure.title,
      grouped(figure.measured),
      grouped(figure.reference),
      figure.unit,
      figure.ratio.toFixed(2),
      limitOf(figure),
      isMet(figure) ? '' : 'MISSED',
    ]),
  ];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const notes = figures.flatMap(({ id, note }) => (note === null ? [] : [`${id}: ${note}`]));
  return `${[...lines, '', ...notes].join('\n')}\n`;
}

function limitOf({ limit }: Figure): string {
  if (limit === null) return '-';
  return `${limit.kind === 'at-least' ? '≥' : '≤'} ${limit.ratio}`;
}

function grouped(value: number): string {
  return new Intl.NumberFormat('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 }).format(value);
}
