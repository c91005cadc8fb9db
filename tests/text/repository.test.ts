import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, it } from 'vitest';

const TEXT_FILE = /\.(ts|tsx|mts|mjs|js|json|css|html|md|ya?ml|toml|txt|sh|svg)$|(^|\/)(\.npmrc|run)$/;
const FORBIDDEN = [
  { what: 'where a package came from', pattern: /"resolved":\s*"https?:/ },
  { what: 'a registry', pattern: /^\s*(?:@[\w-]+:)?registry\s*=/m },
  { what: 'a folder of one machine', pattern: /(?<![\w.$}])\/(?:work|root|home\/\w+|Users\/\w+)\// },
];

function projectFiles(): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    encoding: 'utf8',
  });
  return listed.split('\0').filter((file) => TEXT_FILE.test(file) && basename(file) !== basename(import.meta.filename));
}

it('names no registry and no folder of one machine', () => {
  const found = projectFiles().flatMap((file) => {
    const text = readOrNothing(file);
    return FORBIDDEN.filter(({ pattern }) => pattern.test(text)).map(({ what }) => `${file}: ${what}`);
  });
  expect(found).toEqual([]);
});

/** Git lists a file until its removal is committed. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
