import type { LiveProcedure } from '../live-procedure.ts';

/** パスワードを再発行したい (manual p.17-23): another one, by a code or a secret question. */
export const accountResetPassword: LiveProcedure = {
  id: 'account.reset-password',
  area: 'other',
  purposes: ['trouble'],
  manual: [17, 23],
  audience: ['G', 'S'],
  offline: 'live',
  task: { kind: 'reset-password' },
  whyNot: () => null,
};
