import { z } from 'zod';
import { contractsKnown } from '../../domain/contract.ts';
import { activationTime } from '../../domain/mobile/activation-time.ts';
import { iccidSchema, isOnCard, lineNumberSchema } from '../../domain/mobile/line.ts';
import type { Notice } from '../../domain/notices.ts';
import type { TextProblem } from '../../domain/typed/typed-text.ts';
import { AVAILABLE, notAvailable, offeringCard, textOption } from '../contracts-at-hand.ts';
import { type Availability, defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { isKatakanaName } from './katakana-name.ts';
import { lineDetails, numbersToActivate, type WaitingNumber, waitingNumberOf } from './lines.ts';

const ACTIVATION = 'mobile.port-activation';
const NAME_LENGTH = 40;
/** Two letters and twenty figures. */
const ICCID_LENGTH = 22;

/** MNP開通の問合せ: the SIM has come, and the number that was brought along is to work on it (manual p.100-101). */
export const mobileActivateMnp = defineProcedure({
  id: 'mobile.activate-mnp',
  area: 'mobile',
  purposes: ['apply', 'trouble'],
  manual: [100, 101],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: ['mobile-activation'],
  feeStart: 'once-only',
  application: z.object({
    line: z.string().optional(),
    number: lineNumberSchema.optional(),
    iccid: iccidSchema,
    user: z.enum(['contractor', 'family']),
    kana: z.string().optional(),
    name: z.string().optional(),
  }),
  needs: (facts, context) => (facts.kind === 'unknown' ? AVAILABLE : obstacleTo(context)),
  steps: [
    {
      kind: 'choose',
      id: 'sim',
      above: 'number-to-activate',
      questions: [
        {
          kind: 'one',
          id: 'line',
          namesContracts: true,
          when: (context, draft) =>
            !isTyped(draft) && (numbersToActivate(context).length > 1 || draft['line'] !== undefined),
          options: (context) =>
            numbersToActivate(context).map((line) => ({
              ...offeringCard(context, line.plan, {
                details: lineDetails(line),
                disabled: isAskedFor(context, line) ? 'change-pending' : null,
              }),
              value: line.contract.id,
            })),
        },
        {
          kind: 'text',
          id: 'number',
          format: { kind: 'phone' },
          // Of whom we have the contracts, we have the number too. One that staff typed without them stays what was asked.
          when: ({ facts }, draft) => facts.kind === 'unknown' || isTyped(draft),
          check: numberProblem,
        },
        {
          kind: 'text',
          id: 'iccid',
          format: { kind: 'latin', atMost: ICCID_LENGTH },
          check: (iccid) => (isOnCard(iccid) ? null : 'not-an-iccid'),
        },
      ],
    },
    {
      kind: 'choose',
      id: 'user',
      above: 'number-to-activate',
      questions: [
        { kind: 'one', id: 'user', options: () => [textOption('contractor'), textOption('family')] },
        { kind: 'text', id: 'kana', format: { kind: 'kana', atMost: NAME_LENGTH }, when: isFamily },
        // A kiosk has no keys for kanji; whom the reading leaves in doubt, staff ask.
        { kind: 'text', id: 'name', format: { kind: 'name', atMost: NAME_LENGTH }, isOptional: true, when: isFamily },
      ],
    },
    { kind: 'review', id: 'review' },
    { kind: 'terms', id: 'terms' },
  ],
  rules: [
    {
      id: 'katakana-name',
      question: 'name',
      isBroken: (_context, { user, name = '' }) => user === 'family' && isKatakanaName(name),
    },
  ],
  decide: (context, { line: chosenLine, number, iccid }) => {
    const line = waitingNumberOf(context, chosenLine, number);
    const lineNumber = line?.lineNumber ?? number;
    if (lineNumber === undefined) throw new Error('mobile.activate-mnp decided without a number');
    const expiresOn = line?.contract.characteristics?.portExpiresOn;
    return {
      changes: [{ action: 'add', offeringId: ACTIVATION, characteristics: { lineNumber, iccid } }],
      once: [],
      notices: [
        { id: 'port-line', lineNumber },
        expectedNotice(context),
        ...(expiresOn === undefined ? [] : [{ id: 'port-automatic', date: expiresOn } as const]),
        { id: 'old-sim-stops' },
      ],
      later: null,
    };
  },
});

function isTyped(draft: Draft): boolean {
  return (draft['number'] ?? '') !== '';
}

function numberProblem(number: string, context: ProcedureContext): TextProblem | null {
  if (!lineNumberSchema.safeParse(number).success) return 'not-a-mobile-number';
  if (context.facts.kind === 'unknown') return null;
  const line = numbersToActivate(context).find(({ lineNumber }) => lineNumber === number);
  return line === undefined || isAskedFor(context, line) ? 'not-to-activate' : null;
}

function isFamily(_context: ProcedureContext, draft: Draft): boolean {
  return draft['user'] === 'family';
}

function obstacleTo(context: ProcedureContext): Availability {
  const lines = numbersToActivate(context);
  if (lines.length === 0) return notAvailable('no-number-to-activate');
  return lines.every((line) => isAskedFor(context, line)) ? notAvailable('change-pending') : AVAILABLE;
}

/** Its activation is on its way. */
function isAskedFor({ facts }: ProcedureContext, { lineNumber }: WaitingNumber): boolean {
  return contractsKnown(facts).some(
    ({ offeringId, characteristics }) => offeringId === ACTIVATION && characteristics?.lineNumber === lineNumber,
  );
}

function expectedNotice({ reachesAt }: ProcedureContext): Notice {
  const expected = activationTime(reachesAt);
  return expected.kind === 'same-day' ? { id: 'port-on-same-day' } : { id: 'port-on-in-turn', date: expected.on };
}
