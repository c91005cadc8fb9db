import type { LiveProcedure } from '../live-procedure.ts';

/** iTSCOM ID のパスワード変更 (manual p.171-173). Only who signed in with the present one may. */
export const accountChangePassword: LiveProcedure = {
  id: 'account.change-password',
  area: 'other',
  purposes: ['change'],
  manual: [171, 173],
  audience: ['C'],
  offline: 'live',
  task: { kind: 'change-password', account: 'portal' },
  whyNot: () => null,
};
