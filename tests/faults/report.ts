import { type Findings, PROPERTIES } from './properties.ts';

/** What was done how often, then each property with how often it was looked at. */
export function tableOf({ tried, checked, violations }: Findings): string {
  const faults = [...tried].sort(([one], [other]) => one.localeCompare(other, 'en', { numeric: true }));
  const rows: readonly (readonly [string, string])[] = [
    ...faults.map(([fault, times]) => [fault, String(times)] as const),
    ['', ''],
    ...PROPERTIES.map((property) => {
      const broken = violations.filter((one) => one.property === property).length;
      const times = checked.get(property) ?? 0;
      return [property, `${times} checks${broken === 0 ? '' : `, ${broken} BROKEN`}`] as const;
    }),
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  return `${rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`.trimEnd()).join('\n')}\n\n`;
}

const LOST = ['acked_survives_kill', 'acked_survives_power_loss', 'never_expires', 'eventually_drains'];

export function lastLine({ tried, violations }: Findings): string {
  const faults = [...tried.values()].reduce((sum, times) => sum + times, 0);
  const lost = violations.filter(({ property }) => LOST.includes(property)).length;
  const doubled = violations.filter(({ property }) => property === 'acked_exactly_once_at_central').length;
  const other = violations.length - lost - doubled;
  return `${faults} faults of ${tried.size} kinds tried: ${lost} lost, ${doubled} doubled, ${other} other properties broken`;
}
