import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importDirection } from './tools/lint/import-direction.mjs';
import { noDroppedResult } from './tools/lint/no-dropped-result.mjs';
import { noTextInCode } from './tools/lint/no-text-in-code.mjs';

// ESLint looks at types and imports. Formatting, accessibility, hooks and unused names are Biome's.
export default defineConfig(
  globalIgnores(['out/', 'node_modules/', '.data/', 'test-results/', 'playwright-report/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error', noInlineConfig: true } },
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    plugins: {
      house: {
        rules: {
          'import-direction': importDirection,
          'no-dropped-result': noDroppedResult,
          'no-text-in-code': noTextInCode,
        },
      },
    },
    rules: {
      'house/import-direction': 'error',
      'house/no-dropped-result': 'error',
      'house/no-text-in-code': 'error',
      'no-console': 'error',
      // `as const` is all that this leaves: what comes from outside goes through zod.
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        // A default that calls cantHappen is what the exhaustive switches of this project end with.
        { considerDefaultExhaustiveForUnions: false, allowDefaultCaseForExhaustiveSwitch: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      '@typescript-eslint/no-unused-vars': 'off',
      // Ports and services are records of functions here; none of them knows a `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // React and Fastify take async functions where their types say void.
    files: ['**/*.tsx'],
    rules: { '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }] },
  },
);
