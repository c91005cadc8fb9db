import { z } from 'zod';
import { isOwnService } from '../../domain/own-service.ts';
import { offeringsOf } from '../../domain/catalog.ts';
import { type Contract, contractsKnown, currentContracts } from '../../domain/contract.ts';
import type { Notice } from '../../domain/notices.ts';
import { AVAILABLE, chosen, contractOfType, isOrdered, notAvailable, textOption } from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type ProcedureContext } from '../procedure.ts';

const END = 'end';
/** 2ヶ月払い is no payment in advance (p.107). */
const IN_ARREARS_MONTHS = 2;

/** NHK団体一括支払: apply, change the period or end; a paper form follows (manual p.107-108, 37). */
export const nhkApply = defineProcedure({
  id: 'nhk.apply',
  area: 'other',
  manual: [107, 108],
  purposes: ['apply', 'change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'form-arrival',
  application: z.object({ payment: z.string() }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return AVAILABLE;
    if (isOrdered(context, ['nhk']) || contractOfType(context, 'nhk')?.changePending)
      return notAvailable('change-pending');
    if (contractOfType(context, 'nhk') !== undefined) return AVAILABLE;
    // 各種サービスをご利用中 (p.107)
    const usesService = currentContracts(contractsKnown(facts)).some((contract) =>
      isOwnService(context.catalog, contract),
    );
    return usesService ? AVAILABLE : notAvailable('no-service');
  },
  steps: [
    { kind: 'choose', id: 'payment', questions: [{ kind: 'one', id: 'payment', words: [END], options: paymentCards }] },
    { kind: 'review', id: 'review' },
  ],
  decide: (context, { payment }) => {
    const present = contractOfType(context, 'nhk');
    if (payment === END && present !== undefined) {
      return {
        changes: [{ action: 'delete', contractId: present.id }],
        once: [],
        notices: [{ id: 'nhk-form' }],
        later: 'form',
      };
    }
    return {
      changes: [
        present === undefined
          ? { action: 'add', offeringId: payment }
          : { action: 'modify', contractId: present.id, offeringId: payment },
      ],
      once: [],
      notices: [
        { id: 'nhk-form' },
        // Who pays through the operator already receives it, and has no period with NHK itself.
        ...(present === undefined
          ? ([{ id: 'nhk-satellite' }, { id: 'nhk-prepaid' }] as const)
          : paidPeriodNotices(context, present)),
      ],
      later: 'form',
    };
  },
});

/** What is paid in advance (6ヶ月前払い, 12ヶ月前払い) is used up first (p.107). */
function paidPeriodNotices({ catalog }: ProcedureContext, present: Contract): Notice[] {
  const { periodMonths } = chosen(catalog, present.offeringId, 'nhk');
  return periodMonths > IN_ARREARS_MONTHS ? [{ id: 'nhk-paid-period' }] : [];
}

function paymentCards(context: ProcedureContext): ChoiceOption[] {
  const present = contractOfType(context, 'nhk');
  return [
    ...offeringsOf(context.catalog, 'nhk')
      .filter(({ id, sellable }) => sellable || id === present?.offeringId)
      .map(
        ({ id, periodMonths, periodYen, sample }): ChoiceOption => ({
          value: id,
          name: { kind: 'offering', offeringId: id },
          price: { yen: periodYen, per: { months: periodMonths }, sample },
          details: [],
          disabled: id === present?.offeringId ? 'current' : null,
        }),
      ),
    ...(present === undefined ? [] : [textOption(END)]),
  ];
}
