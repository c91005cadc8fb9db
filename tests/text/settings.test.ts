import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { settingsSchema } from '../../electron/backend/settings/settings.ts';
import { root } from '../../tools/project.mjs';

it('docs/settings.md names every setting, and no other', async () => {
  const page = await readFile(join(root, 'docs/settings.md'), 'utf8');
  const named = [...page.matchAll(/^\| `([\w.]+)` \|/gm)].map((match) => match[1]?.split('.')[0]);
  expect([...new Set(named)].sort()).toEqual(Object.keys(settingsSchema.shape).sort());
});
