import path from 'node:path';
import { RuleTester } from 'eslint';
import tseslint from 'typescript-eslint';
import { afterAll, describe, it } from 'vitest';
import { noDroppedResult } from './no-dropped-result.mjs';

RuleTester.describe = describe;
RuleTester.it = it;
RuleTester.afterAll = afterAll;

const tsconfigRootDir = path.resolve(import.meta.dirname, '../..');
/** Stands for a file of the project, so that its types are known. */
const filename = path.join(tsconfigRootDir, 'shared/domain/result.ts');
const declarations = `
  type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E };
  declare function save(): Result<number, 'full'>;
  declare function send(): Promise<Result<number, 'refused'>>;
  declare function log(): void;
  declare function load(): Promise<{ ok: boolean; status: number }>;
`;
const invalid = (code) => ({ filename, code: `${declarations}${code}`, errors: [{ messageId: 'dropped' }] });
const valid = (code) => ({ filename, code: `${declarations}${code}` });

new RuleTester({
  languageOptions: {
    parser: tseslint.parser,
    parserOptions: {
      project: 'shared/tsconfig.json',
      tsconfigRootDir,
      // Where CI is set the parser would take types from the file on disk, not from the code of each case.
      disallowAutomaticSingleRunInference: true,
    },
  },
}).run('no-dropped-result', noDroppedResult, {
  valid: [valid('const saved = save();'), valid('if (!save().ok) log();'), valid('void load();'), valid('log();')],
  invalid: [invalid('save();'), invalid('void send();'), invalid('async function f() { await send(); }')],
});
