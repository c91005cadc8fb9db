import type { LiveProcedure } from '../live-procedure.ts';

/** みるプラス (イッツコムケーブルID) のパスワード再発行 (manual p.65-66). */
export const videoReissuePassword: LiveProcedure = {
  id: 'video.reissue-password',
  area: 'tv',
  purposes: ['trouble'],
  manual: [65, 66],
  audience: ['C', 'S'],
  offline: 'live',
  task: { kind: 'reissue-password', account: 'cable-id' },
  whyNot: (accounts) => (accounts.some(({ kind }) => kind === 'cable-id') ? null : 'no-cable-id'),
};
