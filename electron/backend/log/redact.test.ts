import { expect, it } from 'vitest';
import { createLogger } from './logger.ts';

function logged(fields: object, message = 'something happened'): string {
  const lines: string[] = [];
  createLogger((line) => lines.push(line)).info(fields, message);
  return lines.join('');
}

it.each([
  ['a name', { name: '山田花子' }, '山田花子'],
  ['a name in Latin letters', { customer: { fullName: 'Hanako Yamada' } }, 'Hanako'],
  ['kana', { kana: 'ヤマダハナコ' }, 'ヤマダ'],
  ['a name in an error', { err: new Error('no contract of 山田花子') }, '山田'],
  ['a phone', { note: 'call 0312345678' }, '0312345678'],
  ['a phone with hyphens', { note: 'call 090-1234-5678' }, '1234-5678'],
  ['a mail address', { note: 'to hanako@example.jp' }, 'hanako@example.jp'],
  ['a password', { password: 'Counter2026' }, 'Counter2026'],
  ['a chosen password', { change: { next: 'Kanaria%1' } }, 'Kanaria'],
  ['the password before it', { present: 'Kanaria%2' }, 'Kanaria'],
  ['a PIN', { pin: '248163' }, '248163'],
  ['a proof', { proof: { kind: 'device', value: 'ABC123456' } }, 'ABC123456'],
  ['a daytime phone that is short', { daytimePhone: '03-555-73' }, '555-73'],
  ['a one-time password', { note: 'is 1234 5678 9012' }, '5678'],
  ['a login', { loginId: 'hanako' }, 'hanako'],
  ['a token', { header: 'Bearer abc.def-ghi' }, 'abc.def'],
  ['a grant', { grant: 'secret-grant' }, 'secret-grant'],
  ['a signed token anywhere', { note: 'got eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln' }, 'eyJzdWIi'],
  ['a customer number', { note: 'of 1000000002' }, '1000000002'],
  ['an ICCID', { note: 'SIM DN1234567890123456' }, '1234567890'],
  ['a long ICCID', { note: '8981100000000000001' }, '89811'],
  ['a card number', { note: '4242-4242-4242-4242' }, '4242'],
  ['the start token', { url: 'http://127.0.0.1:8600/?token=abcDEF' }, 'abcDEF'],
])('never writes %s', (_name, fields, secret) => {
  expect(logged(fields)).not.toContain(secret);
});

it('redacts the message too, and keeps what helps', () => {
  const line = logged({ application: '019300aa-0000-7000-8000-000000000001', code: 'disk-failure' }, 'for 山田花子');
  expect(line).not.toContain('山田');
  expect(line).toContain('019300aa-0000-7000-8000-000000000001');
  expect(line).toContain('disk-failure');
  expect(JSON.parse(line)).toMatchObject({ code: 'disk-failure' });
});
