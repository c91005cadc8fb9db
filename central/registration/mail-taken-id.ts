import { randomUUID } from 'node:crypto';
import type { Language } from '../../shared/domain/language.ts';
import { queueMail } from '../mail/mail-store.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import type { Clocks } from '../ports.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { RegistrationPurpose } from './registrations.ts';

export type MailTakenId = (
  transaction: DatabaseTransaction,
  wish: {
    readonly id: string;
    readonly loginId: string;
    readonly owner: string;
    readonly language: Language;
    readonly purpose: RegistrationPurpose;
  },
) => Promise<void>;

/**
 * In place of the code, where the ID that was chosen is another contract's: only who reads that mailbox learns of it. It
 * is the owner's mail, also where a customer lists their own.
 */
export function createMailTakenId({ clocks, demo }: { readonly clocks: Clocks; readonly demo: boolean }): MailTakenId {
  return async (transaction, { id, loginId, owner, language, purpose }) => {
    const t = mailTexts(language);
    const paragraphs = [
      ...(demo ? [t('mails:demo')] : []),
      t('codes:mail.taken.lead'),
      t(`codes:mail.taken.next.${purpose}`),
      t('codes:mail.taken.care'),
      t('mails:footer'),
    ];
    await queueMail(transaction, clocks, {
      ...{
        about: `registration/${id}/taken/${randomUUID()}`,
        place: 1,
        kind: 'id-taken',
        language,
        customerNumber: owner,
      },
      ...{ to: loginId, subject: t('codes:mail.taken.subject'), body: `${paragraphs.join('\n\n')}\n` },
    });
  };
}
