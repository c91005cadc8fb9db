import { z } from 'zod';
import { offeringsOf } from '../../domain/catalog.ts';
import { addDays, firstOfNextMonth } from '../../domain/business-time.ts';
import { AVAILABLE, chosen, contractsOfType, notAvailable, offeringCard } from '../contracts-at-hand.ts';
import { defineProcedure, type Draft, type ProcedureContext } from '../procedure.ts';
import { type Line, lineDetails, linesInUse } from './lines.ts';

/** データ容量確認・追加申込: what is left of the data by its last day, and data for this month (manual p.102). */
export const mobileUsage = defineProcedure({
  id: 'mobile.usage',
  area: 'mobile',
  purposes: ['trouble', 'apply'],
  manual: [102, 102],
  audience: ['C', 'S'],
  offline: 'live',
  terms: [],
  feeStart: 'once-only',
  application: z.object({ line: z.string().optional(), data: z.string() }),
  needs: (facts, context) => {
    if (facts.kind === 'unknown') return notAvailable('needs-contracts');
    if (contractsOfType(context, 'mobile-plan').length === 0) return notAvailable('no-mobile-line');
    return numberedLines(context).length === 0 ? notAvailable('line-in-preparation') : AVAILABLE;
  },
  steps: [
    {
      kind: 'choose',
      id: 'usage',
      above: 'data-usage',
      questions: [
        {
          kind: 'one',
          id: 'line',
          when: (context, draft) => numberedLines(context).length > 1 || draft['line'] !== undefined,
          options: (context) =>
            numberedLines(context).map((line) => ({
              ...offeringCard(context, line.plan, { details: lineDetails(line) }),
              value: line.contract.id,
            })),
        },
        {
          kind: 'one',
          id: 'data',
          options: (context) =>
            offeringsOf(context.catalog, 'added-data')
              .filter(({ sellable }) => sellable)
              .map((offering) => ({
                ...offeringCard(context, offering),
                price: { yen: offering.onceYen ?? 0, per: 'once', sample: offering.sample },
              })),
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  decide: (context, { line: chosenLine, data }) => {
    const line = lineOf(context, chosenLine === undefined ? {} : { line: chosenLine });
    const lineNumber = line?.contract.characteristics?.lineNumber;
    if (lineNumber === undefined) throw new Error('mobile.usage decided without a line that has a number');
    const offering = chosen(context.catalog, data, 'added-data');
    return {
      changes: [{ action: 'add', offeringId: data, characteristics: { lineNumber } }],
      once: [{ id: 'added-data', yen: offering.onceYen ?? 0, sample: offering.sample }],
      notices: [{ id: 'added-data-until', date: addDays(firstOfNextMonth(context.today), -1) }],
      later: null,
    };
  },
});

/** The number is how central knows what to add to. */
function numberedLines(context: ProcedureContext): Line[] {
  return linesInUse(context).filter(({ contract }) => contract.characteristics?.lineNumber !== undefined);
}

function lineOf(context: ProcedureContext, draft: Draft): Line | undefined {
  const lines = numberedLines(context);
  const chosenLine = draft['line'];
  return chosenLine === undefined && lines.length === 1
    ? lines[0]
    : lines.find(({ contract }) => contract.id === chosenLine);
}
