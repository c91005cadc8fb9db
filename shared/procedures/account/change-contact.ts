import { z } from 'zod';
import { contactEmail } from '../../domain/contact.ts';
import type { Customer } from '../../domain/contract.ts';
import { answerTo, questionsOf } from '../asked.ts';
import { AVAILABLE, textOption } from '../contracts-at-hand.ts';
import { type ChoiceOption, defineProcedure, type Draft, type Procedure } from '../procedure.ts';

const answersSchema = z.object({
  phone: z.string(),
  news: z.enum(['yes', 'no']),
  /** Where mail goes: to an address of the operator's too. */
  where: z.string(),
  email: z.string().optional(),
  again: z.string().optional(),
});

/**
 * 連絡先の変更 (manual p.26-28) without central. Phone and news are taken over when central has it, a mail address when the
 * link that central mails to it is opened.
 */
export const customerChangeContact: Procedure = defineProcedure({
  id: 'customer.change-contact',
  area: 'other',
  purposes: ['change'],
  manual: [26, 28],
  audience: ['C', 'S'],
  offline: 'queue',
  whileReachable: 'change-contact',
  terms: [],
  feeStart: 'once-only',
  application: answersSchema,
  needs: () => AVAILABLE,
  steps: [
    {
      kind: 'choose',
      id: 'phone',
      questions: [
        { kind: 'text', id: 'phone', format: { kind: 'phone' } },
        { kind: 'one', id: 'news', options: () => [textOption('yes'), textOption('no')] },
      ],
    },
    {
      kind: 'choose',
      id: 'mail',
      questions: [
        {
          kind: 'one',
          id: 'where',
          initial: 'keep',
          namesContracts: true,
          // Of whom staff typed the number alone, nobody knows here what there is.
          options: ({ facts }) => [
            textOption('keep'),
            ...(facts.kind === 'known' ? [textOption('id'), ...mailboxes(facts.customer)] : []),
            textOption('other'),
          ],
        },
        { kind: 'text', id: 'email', format: { kind: 'email' }, when: isOther },
        {
          kind: 'text',
          id: 'again',
          format: { kind: 'email' },
          when: isOther,
          check: (again, _context, draft) => (again === asKept('email', draft) ? null : 'differs'),
        },
      ],
    },
    { kind: 'review', id: 'review' },
  ],
  decide: (_context, { where }) => ({
    changes: [],
    once: [],
    notices: [{ id: 'contact-when-received' }, ...(where === 'keep' ? [] : [{ id: 'contact-by-link' } as const])],
    later: 'no-charge',
  }),
});

/** What such an application asks for; null: its answers are none. */
export function contactAsked(answers: Draft): {
  readonly daytimePhone: string;
  readonly wantsNews: boolean;
  readonly mailTo: 'keep' | 'id' | { readonly email: string };
} | null {
  const read = answersSchema.safeParse(answers);
  const daytimePhone = asKept('phone', answers);
  if (!read.success || daytimePhone === undefined) return null;
  const { news, where } = read.data;
  const asked = { daytimePhone, wantsNews: news === 'yes' };
  if (where === 'keep' || where === 'id') return { ...asked, mailTo: where };
  const email = where === 'other' ? asKept('email', answers) : contactEmail(where);
  return email === undefined || email === null ? null : { ...asked, mailTo: { email } };
}

/** The ones that the operator keeps, but for the one that mail goes to already. */
function mailboxes({ mailAddresses = [], contactEmail: present }: Customer): ChoiceOption[] {
  return mailAddresses
    .filter((address) => address !== present)
    .map((value) => ({
      ...{ value, name: { kind: 'value' }, price: null, details: [{ id: 'operator-mail' }], disabled: null },
    }));
}

function isOther(_context: unknown, draft: Draft): boolean {
  return draft['where'] === 'other';
}

function asKept(questionId: string, draft: Draft): string | undefined {
  const question = questionsOf(customerChangeContact.steps).find(({ id }) => id === questionId);
  return question === undefined ? undefined : answerTo(question, draft);
}
