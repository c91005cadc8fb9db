import { z } from 'zod';
import { notAvailable, textOption } from '../contracts-at-hand.ts';
import { defineProcedure } from '../procedure.ts';
import { contractMeant, isMeant, meantNotices, whichContract } from '../which-contract.ts';
import { hasCourseToChange } from './course-change.ts';

const IP_TYPES = ['private', 'global'] as const;

/** IPアドレス種別変更: private or global (manual p.76, 81). What it costs the manual doesn't say, so staff tell. */
export const internetChangeIpType = defineProcedure({
  id: 'internet.change-ip-type',
  area: 'internet',
  manual: [76, 81],
  purposes: ['change'],
  audience: ['C', 'S'],
  offline: 'queue',
  terms: [],
  feeStart: 'told-by-staff',
  application: z.object({ contract: z.string().optional(), ipType: z.enum(IP_TYPES) }),
  needs: (facts, context) => (facts.kind === 'unknown' ? notAvailable('needs-contracts') : hasCourseToChange(context)),
  steps: [
    {
      kind: 'choose',
      id: 'type',
      questions: [
        whichContract('internet-course'),
        {
          kind: 'one',
          id: 'ipType',
          words: IP_TYPES,
          when: (context, draft) => isMeant(context, 'internet-course', draft),
          options: (context, draft) => {
            const present = contractMeant(context, 'internet-course', draft)?.characteristics?.ipType;
            return IP_TYPES.map((type) => textOption(type, { disabled: type === present ? 'current' : null }));
          },
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  decide: (context, { ipType, ...draft }) => {
    const present = contractMeant(context, 'internet-course', draft);
    if (present === undefined) throw new Error('internet.change-ip-type decided without an internet contract');
    const { id: contractId, offeringId } = present;
    return {
      changes: [{ action: 'modify', contractId, offeringId, characteristics: { ipType } }],
      once: [],
      notices: [...meantNotices(context, 'internet-course', present), { id: 'ip-type-restart' }],
      later: 'told-by-contact',
    };
  },
});
