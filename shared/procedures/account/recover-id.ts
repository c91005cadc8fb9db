import type { LiveProcedure } from '../live-procedure.ts';

/** iTSCOM IDを再発行したい (manual p.24): registered anew, which replaces the present one. */
export const accountRecoverId: LiveProcedure = {
  id: 'account.recover-id',
  area: 'other',
  purposes: ['trouble'],
  manual: [24, 24],
  audience: ['G', 'S'],
  offline: 'live',
  task: { kind: 'recover-id' },
  whyNot: () => null,
};
