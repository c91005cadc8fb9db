import type { LiveProcedure } from '../live-procedure.ts';

/** お客さま情報の確認 (manual p.25). */
export const customerView: LiveProcedure = {
  id: 'customer.view',
  area: 'other',
  purposes: ['change'],
  manual: [25, 25],
  audience: ['C', 'S'],
  offline: 'cached',
  task: { kind: 'customer-record' },
  whyNot: () => null,
};
