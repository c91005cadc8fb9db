import type { LiveProcedure } from '../live-procedure.ts';

/** みるプラスのID追加・パスワード変更, for who knows the Cable ID's password (manual p.67). */
export const videoManage: LiveProcedure = {
  id: 'video.manage',
  area: 'tv',
  purposes: ['change'],
  manual: [67, 67],
  audience: ['C'],
  offline: 'live',
  task: { kind: 'manage-cable-ids' },
  whyNot: (accounts) => (accounts.some(({ kind }) => kind === 'cable-id') ? null : 'no-cable-id'),
};
