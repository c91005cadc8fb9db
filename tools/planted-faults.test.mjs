import fs from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { FAULTS } from './planted-faults.mjs';
import { root } from './project.mjs';

it.each(FAULTS)('the fault "$name" can still be planted, and has a spec', ({ edits, spec }) => {
  for (const [file, from] of edits) {
    expect(fs.readFileSync(path.join(root, file), 'utf8').split(from), `${file}: ${from}`).toHaveLength(2);
  }
  expect(fs.existsSync(path.join(root, `tests/electron/${spec}.spec.ts`))).toBe(true);
});
