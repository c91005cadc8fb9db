import { expect, it } from 'vitest';
import { z } from 'zod';
import { eventually } from '../../../tests/setup/eventually.ts';
import { startCounter } from '../testing/counter-rig.ts';

const atTerminal = z.object({ msg: z.literal('application'), state: z.string(), order: z.string().nullable() });
const atCentral = z.object({ msg: z.literal('order'), state: z.string(), order: z.string() });

it("tells an application's whole life under its id, from the touch to central's last word, and nothing of whose it is", async () => {
  const counter = await startCounter();
  const { applicationId } = await counter.applyFor('1000000003', null);
  const of = <T>(lines: readonly string[], schema: z.ZodType<T>): T[] =>
    lines
      .filter((line) => line.includes(applicationId))
      .flatMap((line) => schema.safeParse(JSON.parse(line)).data ?? []);
  await eventually(() => expect(of(counter.centralLogs, atCentral).at(-1)?.state).toBe('completed'));
  const terminal = of(counter.logs, atTerminal);
  expect(terminal.map(({ state }) => state)).toEqual(['queued', 'sending', 'accepted']);
  const central = of(counter.centralLogs, atCentral);
  expect(central.map(({ state }) => state)).toEqual(['acknowledged', 'inProgress', 'completed']);
  expect(new Set([...central, ...terminal.slice(-1)].map(({ order }) => order)).size).toBe(1);
  const lines = [...counter.logs, ...counter.centralLogs].filter((line) => line.includes(applicationId)).join('');
  for (const canary of ['1000000003', 'jiro', 'Counter2026', '次郎']) expect(lines).not.toContain(canary);
  await counter.close();
});
