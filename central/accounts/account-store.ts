import { z } from 'zod';
import { accountKindSchema } from '../../shared/domain/account.ts';
import type { ListedTable } from '../store/list-table.ts';

/** Without its password's hash, which nothing that reads it needs. */
export const accountRowSchema = z.object({
  id: z.string(),
  customer_number: z.string(),
  kind: accountKindSchema,
  login: z.string(),
});

/** An account of a service, or the iTSCOM ID itself. */
const identityRowSchema = accountRowSchema.extend({ kind: z.enum(['portal', ...accountKindSchema.options]) });
export type IdentityRow = z.infer<typeof identityRowSchema>;

export const listedAccounts: ListedTable<IdentityRow> = {
  table: 'identity_list',
  key: 'id',
  keyOf: (row) => row.id,
  row: identityRowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    nickname: { column: 'login', kind: 'text' },
    'relatedParty.id': { column: 'customer_number', kind: 'text' },
  },
};
