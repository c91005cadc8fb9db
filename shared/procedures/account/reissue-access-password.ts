import type { LiveProcedure } from '../live-procedure.ts';

/** アクセスアカウントのパスワード再発行 (manual p.83-84). */
export const accessAccountReissuePassword: LiveProcedure = {
  id: 'access-account.reissue-password',
  area: 'internet',
  purposes: ['trouble'],
  manual: [83, 84],
  audience: ['C', 'S'],
  offline: 'live',
  task: { kind: 'reissue-password', account: 'access-account' },
  whyNot: (accounts) => (accounts.some(({ kind }) => kind === 'access-account') ? null : 'no-access-account'),
};
