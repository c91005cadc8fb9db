import type { LiveProcedure } from '../live-procedure.ts';

/** はじめてのログイン: iTSCOM IDの取得 (manual p.11-16). Whoever has one signs in with it. */
export const accountRegister: LiveProcedure = {
  id: 'account.register',
  area: 'other',
  purposes: ['apply'],
  manual: [11, 16],
  audience: ['G', 'S'],
  offline: 'live',
  task: { kind: 'register' },
  whyNot: () => null,
};
