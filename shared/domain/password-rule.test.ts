import { describe, expect, it } from 'vitest';
import { brokenRules } from './password-rule.ts';

describe('rules of chosen passwords', () => {
  it.each([
    ['portal', 'a2345', ['length']],
    ['portal', 'a23456', []],
    ['access-account', 'a234', ['length']],
    ['access-account', 'a2345', []],
    ['portal', 'a'.repeat(32), []],
    ['portal', 'a'.repeat(33), ['length']],
    ['access-account', 'a'.repeat(33), ['length']],
    ['portal', '%+./:=@^_-', []],
    ['portal', '', ['length']],
  ] as const)('%s: %j breaks %j', (kind, password, broken) => {
    expect(brokenRules(kind, password)).toEqual(broken);
  });

  it.each([
    '!',
    '#',
    '$',
    '&',
    '(',
    '*',
    ',',
    ';',
    '<',
    '?',
    '\\',
    '~',
    '|',
    ' ',
    '"',
    "'",
    'é',
    'Ａ',
    'あ',
    '😀',
    '\n',
  ])('takes no %j', (character) => {
    expect(brokenRules('portal', `abcdef${character}`)).toEqual(['characters']);
  });
});
