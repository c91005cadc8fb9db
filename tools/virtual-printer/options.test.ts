import { expect, test } from 'vitest';
import { parseOptions } from './options.ts';

test('port, folder and faults', () => {
  expect(parseOptions(['--out', 'receipts'])).toEqual({
    ok: true,
    value: { port: 9100, out: 'receipts', paperOut: false, coverOpen: false },
  });
  expect(parseOptions(['--port', '0', '--out', 'r', '--paper', 'out', '--cover', 'open'])).toEqual({
    ok: true,
    value: { port: 0, out: 'r', paperOut: true, coverOpen: true },
  });
});

test.each([
  [[]],
  [['--out', '']],
  [['--out']],
  [['--out', 'r', '--port', 'x']],
  [['--out', 'r', '--port', '65536']],
  [['--out', 'r', '--paper', 'in']],
  [['--out', 'r', '--cover', 'shut']],
  [['--out', 'r', '--colour', 'red']],
  [['--out', 'r', 'extra']],
])('%j is refused in one line', (args) => {
  const parsed = parseOptions(args);
  expect(parsed.ok).toBe(false);
  expect(parsed.ok ? '' : parsed.error).toMatch(/^[^\n]+$/);
});
