import type { LiveProcedure } from '../live-procedure.ts';

/** 連絡先の変更 (manual p.26-28). */
export const customerChangeContact: LiveProcedure = {
  id: 'customer.change-contact',
  area: 'other',
  purposes: ['change'],
  manual: [26, 28],
  audience: ['C', 'S'],
  offline: 'live',
  task: { kind: 'change-contact' },
  whyNot: () => null,
};
