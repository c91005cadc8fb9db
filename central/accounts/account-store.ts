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
export type AccountRow = z.infer<typeof accountRowSchema>;

export const listedAccounts: ListedTable<AccountRow> = {
  table: 'service_accounts',
  key: 'id',
  keyOf: (row) => row.id,
  row: accountRowSchema,
  columns: {
    id: { column: 'id', kind: 'text' },
    nickname: { column: 'login', kind: 'text' },
    'relatedParty.id': { column: 'customer_number', kind: 'text' },
  },
};
