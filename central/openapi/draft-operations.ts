import { z } from 'zod';
import { draftRequestSchema, draftSchema, keptDraftSchema } from '../../shared/central-api/drafts.ts';
import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import type { Operation } from './operation.ts';

const DRAFT = `${CENTRAL_PATHS.drafts}/:id`;
const KEPT = {
  ...{ id: '01990000-0000-7000-8000-000000000001', procedureId: 'mobile.apply' },
  ...{ keptAt: '2026-11-18T03:00:00.000Z', expiresOn: '2026-11-25' },
};
const CONTENT = {
  ...{ procedureId: 'mobile.apply', step: 'volume', answers: { plan: 'voice' } },
  ...{ shownPrices: [], shownTotalYen: null, shownOnceYen: null },
  shownOncePrices: [{ question: 'accessory', value: 'mobile.accessory', yen: 2_200 }],
  shownFees: [{ id: 'mobile-contract-fee', yen: 3_733 }],
};

export const DRAFT_OPERATIONS: readonly Omit<Operation, 'tag'>[] = [
  {
    ...{ method: 'PUT', url: DRAFT, who: ['terminal'], request: draftRequestSchema },
    ...{ summary: 'Keeps what a customer has answered so far, for a week', headers: ['submission-grant'] },
    response: { status: 200, schema: keptDraftSchema, example: KEPT },
  },
  {
    ...{ method: 'GET', url: CENTRAL_PATHS.drafts, who: ['customer'] },
    summary: "The customer's drafts that can be gone on with",
    response: { status: 200, schema: z.array(keptDraftSchema), example: [KEPT] },
  },
  {
    ...{ method: 'GET', url: DRAFT, who: ['customer'] },
    summary: 'One of them, with its answers',
    response: { status: 200, schema: draftSchema, example: { ...KEPT, content: CONTENT } },
  },
  {
    ...{ method: 'DELETE', url: DRAFT, who: ['customer'] },
    summary: 'The customer throws it away',
    response: { status: 204 },
  },
];
