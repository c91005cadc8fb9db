import type { LiveProcedure } from '../live-procedure.ts';

/** みるプラスの利用 (manual p.64). */
export const videoView: LiveProcedure = {
  id: 'video.view',
  area: 'tv',
  purposes: ['apply', 'trouble'],
  manual: [64, 64],
  audience: ['C', 'S'],
  offline: 'cached',
  task: { kind: 'video-overview' },
  whyNot: () => null,
};
