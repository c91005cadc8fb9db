import type { LiveProcedure } from '../live-procedure.ts';

/** iTSCOM ID の変更 (manual p.168-170). */
export const accountChangeId: LiveProcedure = {
  id: 'account.change-id',
  area: 'other',
  purposes: ['change'],
  manual: [168, 170],
  audience: ['C'],
  offline: 'live',
  task: { kind: 'change-id' },
  whyNot: () => null,
};
