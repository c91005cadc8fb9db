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

/** What was done to the system, by how the names above begin or end: the last line tells of each. */
const KINDS: readonly (readonly [string, RegExp])[] = [
  ['seeds', /^simulated systems$/],
  ['kill -9 of a process', /^process killed/],
  ['kills in the simulation', /^kill at/],
  ['power cuts', /^power loss/],
  ['disk errors', /^E(NOSPC|IO) /],
  ['line faults', /^line: /],
  ['clocks set', /^clock set/],
  ['second processes', /^second process/],
  ['damaged pages', / page damaged$/],
  ['pictures gone', /^picture gone/],
];

const LOST = ['acked_survives_kill', 'acked_survives_power_loss', 'never_expires', 'eventually_drains'];

export function lastLine({ tried, violations }: Findings): string {
  const sum = (of: RegExp): number =>
    [...tried].filter(([name]) => of.test(name)).reduce((total, [, times]) => total + times, 0);
  const kinds = KINDS.map(([kind, of]) => `${sum(of)} ${kind}`).join(', ');
  const lost = violations.filter(({ property }) => LOST.includes(property)).length;
  const doubled = violations.filter(({ property }) => property === 'acked_exactly_once_at_central').length;
  const other = violations.length - lost - doubled;
  return `${sum(/./)} faults of ${tried.size} kinds tried (${kinds}): ${lost} lost, ${doubled} doubled, ${other} other properties broken`;
}
