import { z } from 'zod';
import type { BusinessDate } from '../../domain/business-time.ts';
import { needsFiltering } from '../../domain/mobile/age.ts';
import { lineNumberSchema } from '../../domain/mobile/line.ts';
import { reservationProblem } from '../../domain/mobile/port-reservation.ts';
import { normalText, type TextProblem } from '../../domain/typed/typed-text.ts';
import { textOption } from '../contracts-at-hand.ts';
import type { Draft, ProcedureContext, Step } from '../procedure.ts';
import { campaignOf } from './apply-order.ts';
import { BIRTH, FILTERING, isOther, isPort, isVoice, KANA, NAME } from './apply-answers.ts';

/** 続柄 (p.91) */
const RELATIONS = ['self', 'spouse', 'child', 'parent', 'grandparent', 'grandchild'] as const;

const forOther = (_context: ProcedureContext, draft: Draft): boolean => isOther(draft);
const forPort = (_context: ProcedureContext, draft: Draft): boolean => isPort(draft);

/** For whom, and under which number (p.91-92, 96). The user lives where the contractor does. */
export const userSteps: readonly Step[] = [
  {
    kind: 'choose',
    id: 'user',
    questions: [
      { kind: 'text', id: 'contractorBornOn', format: BIRTH },
      { kind: 'one', id: 'relation', options: () => RELATIONS.map((relation) => textOption(relation)) },
      // A kiosk has no keys for kanji; staff read the name off the document.
      { kind: 'text', id: 'familyName', format: NAME, isOptional: true, when: forOther },
      { kind: 'text', id: 'givenName', format: NAME, isOptional: true, when: forOther },
      { kind: 'text', id: 'familyKana', format: KANA, when: forOther },
      { kind: 'text', id: 'givenKana', format: KANA, when: forOther },
      { kind: 'text', id: 'bornOn', format: BIRTH, when: forOther },
      {
        kind: 'one',
        id: 'refusal',
        // The law leaves it to the parent to refuse.
        when: ({ today }, draft) => isMinorWithoutFiltering(today, draft),
        options: () => [textOption('in-writing'), textOption('none')],
      },
    ],
  },
  {
    kind: 'choose',
    id: 'number',
    questions: [
      {
        kind: 'one',
        id: 'numbering',
        when: (_context, draft) => isVoice(draft),
        options: () => [textOption('new'), textOption('mnp')],
      },
      { kind: 'text', id: 'reservation', format: { kind: 'digits', atLeast: 10, atMost: 10 }, when: forPort },
      {
        kind: 'text',
        id: 'expiresOn',
        format: { kind: 'date', of: 'coming' },
        when: forPort,
        check: (expiresOn, { today }) => reservationProblem(expiresOn, today),
      },
      { kind: 'text', id: 'portNumber', format: { kind: 'phone' }, when: forPort, check: mobileNumberProblem },
      { kind: 'one', id: 'holder', when: forPort, options: () => [textOption('same'), textOption('other')] },
      {
        kind: 'text',
        id: 'contactNumber',
        format: { kind: 'phone' },
        // A data line has no number of its own to ask at about the documents (p.96).
        when: (_context, draft) => draft['plan'] === 'data',
        check: mobileNumberProblem,
      },
      {
        kind: 'text',
        id: 'campaign',
        format: { kind: 'latin', atMost: 20 },
        isOptional: true,
        check: campaignProblem,
      },
    ],
  },
];

export function isMinorWithoutFiltering(today: BusinessDate, draft: Draft): boolean {
  const bornOn = normalText(BIRTH, draft['bornOn'] ?? '');
  const isDay = z.iso.date().safeParse(bornOn).success;
  return isVoice(draft) && isOther(draft) && draft['filtering'] !== FILTERING && isDay && needsFiltering(bornOn, today);
}

function campaignProblem(code: string, { catalog, today }: ProcedureContext): TextProblem | null {
  const campaign = campaignOf(catalog, code);
  return campaign === undefined || today > campaign.until ? 'unknown-campaign' : null;
}

function mobileNumberProblem(number: string): TextProblem | null {
  return lineNumberSchema.safeParse(number).success ? null : 'not-a-mobile-number';
}
