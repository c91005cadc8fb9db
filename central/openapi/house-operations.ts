import { ACCOUNT_OPERATIONS } from './account-operations.ts';
import { AUTHORIZATION_OPERATIONS } from './authorization-operations.ts';
import { DRAFT_OPERATIONS } from './draft-operations.ts';
import type { Operation } from './operation.ts';
import { OPERATOR_OPERATIONS } from './operator-operations.ts';
import { PHONE_OPERATIONS } from './phone-operations.ts';
import { STAFF_OPERATIONS } from './staff-operations.ts';
import { TERMINAL_OPERATIONS } from './terminal-operations.ts';

const tagged = (tag: string, operations: readonly Omit<Operation, 'tag'>[]): Operation[] =>
  operations.map((operation) => ({ ...operation, tag }));

export const HOUSE_OPERATIONS: readonly Operation[] = [
  ...tagged('/terminal/v1', [
    ...[...TERMINAL_OPERATIONS, ...ACCOUNT_OPERATIONS, ...DRAFT_OPERATIONS, ...PHONE_OPERATIONS],
  ]),
  ...tagged('/terminal/v1/staff', STAFF_OPERATIONS),
  ...tagged('/operator', OPERATOR_OPERATIONS),
  ...tagged('/oauth', AUTHORIZATION_OPERATIONS),
];
