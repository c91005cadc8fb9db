import type { IdentifiedPerson } from '../../domain/identity-policy.ts';
import { paysForLine } from '../../domain/mobile/payment-record.ts';
import { MOBILE_LINES } from '../../domain/mobile/line.ts';
import { mayContract, needsFiltering } from '../../domain/mobile/age.ts';
import { normalText } from '../../domain/typed/typed-text.ts';
import { AVAILABLE, notAvailable } from '../contracts-at-hand.ts';
import { defineProcedure, type Draft, type EnteredName, type ProcedureContext } from '../procedure.ts';
import { BIRTH, FILTERING, isOther, isPort, isSet, isVoice } from './apply-answers.ts';
import { applicationSchema, changesFor, nextLine, onceFees } from './apply-order.ts';
import { contractSteps } from './apply-steps.ts';
import { isKatakanaName } from './katakana-name.ts';
import { isMinorWithoutFiltering, userSteps } from './apply-user-steps.ts';

/** イッツコムモバイルの申込み (manual p.85-96): a voice or a data line, with or without a device. */
export const mobileApply = defineProcedure({
  id: 'mobile.apply',
  area: 'mobile',
  purposes: ['apply'],
  manual: [85, 96],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [
    'mobile-service',
    { id: 'mobile-data', when: (_context, draft) => draft['plan'] === 'data' },
    { id: 'mobile-device', when: (_context, draft) => isSet(draft) },
    'mobile-contract',
    'mobile',
    'common',
    'price-list',
  ],
  confirmations: ['mobile-service', 'mobile-data', 'mobile-device', 'mobile-contract'],
  showsRunningPrice: true,
  repeats: true,
  feeStart: 'told-by-staff',
  application: applicationSchema,
  needs: (facts, context) => {
    // Without the contracts central finds what else the household has, and how it pays.
    const payment = facts.kind === 'known' ? facts.payment : undefined;
    if (payment !== undefined && !paysForLine(payment)) return notAvailable('card-needed');
    return nextLine(context) === undefined ? notAvailable('five-lines') : AVAILABLE;
  },
  steps: [
    ...contractSteps,
    ...userSteps,
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
    {
      kind: 'identity',
      id: 'identity',
      persons: (draft) => (isOther(draft) ? ['contractor', 'user'] : ['contractor']),
      named: enteredName,
      bornOnQuestion: (person) => (person === 'contractor' ? 'contractorBornOn' : 'bornOn'),
      // The other carrier's holder, our registration and the document all agree (p.95).
      equalFor: (draft, person) => (isPort(draft) && person === 'contractor' ? 'numbering' : null),
      papers: (today, draft, person) =>
        person === 'user' && isMinorWithoutFiltering(today, draft) && draft['refusal'] === 'in-writing'
          ? ['filtering-refusal']
          : [],
    },
  ],
  rules: [
    {
      id: 'contractor-under-age',
      question: 'contractorBornOn',
      isBroken: ({ today }, draft) => !mayContract(bornOn(draft, 'contractorBornOn'), today),
    },
    {
      id: 'katakana-name',
      question: 'givenName',
      isBroken: (_context, { familyName = '', givenName = '' }) => isKatakanaName(familyName, givenName),
    },
    { id: 'filtering-needed', question: 'bornOn', isBroken: lacksFiltering },
    { id: 'holder-differs', question: 'holder', isBroken: (_context, draft) => draft['holder'] === 'other' },
  ],
  decide: (context, application) => {
    const line = nextLine(context);
    if (line === undefined) throw new Error(`mobile.apply decided for more than ${MOBILE_LINES.length} lines`);
    const { expiresOn, campaign } = application;
    return {
      changes: changesFor(context, application, line),
      once: onceFees(context, application),
      notices: [
        { id: 'sim-dispatch' },
        ...(expiresOn === undefined
          ? []
          : ([
              { id: 'port-needs-activation' },
              { id: 'port-automatic', date: expiresOn },
              { id: 'old-sim-stops' },
            ] as const)),
        ...(campaign === undefined ? [] : [{ id: 'campaign-told-later' } as const]),
      ],
      later: null,
    };
  },
});

function enteredName(draft: Draft, person: IdentifiedPerson): EnteredName {
  if (person === 'contractor') return { name: null, kana: null };
  return {
    name: joined(draft['familyName'], draft['givenName']),
    kana: joined(draft['familyKana'], draft['givenKana']),
  };
}

function joined(...parts: readonly (string | undefined)[]): string | null {
  const typed = parts.map((part = '') => part.trim()).filter((part) => part !== '');
  return typed.length === 0 ? null : typed.join(' ');
}

/** Called with a day that fits. */
const bornOn = (draft: Draft, question: string): string => normalText(BIRTH, draft[question] ?? '');

/** A line for someone under 18 without filtering, and without the parent's refusal in writing (p.91). */
function lacksFiltering({ today }: ProcedureContext, draft: Draft): boolean {
  const isWithout = isVoice(draft) && isOther(draft) && draft['filtering'] !== FILTERING;
  return isWithout && draft['refusal'] !== 'in-writing' && needsFiltering(bornOn(draft, 'bornOn'), today);
}
