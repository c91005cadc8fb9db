import { expect } from '@playwright/test';
import type { DockChange } from '../../electron/dev-dock/dock-state.ts';
import type { Stack } from '../setup/stack.ts';

export function dockOf(stack: Stack): URL {
  const address = /The development dock is at (\S+)/.exec(stack.log())?.[1];
  if (address === undefined) throw new Error('the terminal has no dock');
  return new URL(address);
}

export async function meddle(stack: Stack, change: DockChange): Promise<void> {
  const answer = await fetch(new URL('state', dockOf(stack)), {
    method: 'PATCH',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
  expect(answer.status).toBe(200);
}
