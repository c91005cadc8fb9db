import type { LiveProcedure } from '../live-procedure.ts';

/** アクセスアカウントのパスワード変更 (manual p.81-82). */
export const accessAccountChangePassword: LiveProcedure = {
  id: 'access-account.change-password',
  area: 'internet',
  purposes: ['change'],
  manual: [81, 82],
  audience: ['C'],
  offline: 'live',
  task: { kind: 'change-password', account: 'access-account' },
  whyNot: (accounts) => (accounts.some(({ kind }) => kind === 'access-account') ? null : 'no-access-account'),
};
