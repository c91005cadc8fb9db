import { CENTRAL_PATHS } from '../../shared/central-api/paths.ts';
import { businessDate, businessTimeOfDay } from '../../shared/domain/business-time.ts';
import type { MailSeal } from '../mail/mail-seal.ts';
import { queueMail } from '../mail/mail-store.ts';
import { mailTexts } from '../mail/mail-texts.ts';
import type { OrderMailContext } from '../mail/order-mails.ts';
import type { Clocks } from '../ports.ts';
import type { DatabaseTransaction } from '../store/schema.ts';
import type { MadeCode, NewCode } from './codes.ts';

type CodeMail = NewCode & {
  readonly made: MadeCode;
  /** Epoch ms, system clock. */
  readonly expiresAt: number;
};

export type MailCode = (transaction: DatabaseTransaction, mail: CodeMail) => Promise<void>;

const HIDDEN = '******';

/**
 * The code, and where there is one the link. It names nobody: the address is not yet known to be the customer's. What is
 * kept of it shows neither.
 */
export function createMailCode(context: {
  readonly clocks: Clocks;
  readonly demo: boolean;
  readonly seal: MailSeal;
  readonly publicUrl: () => string;
  readonly shopOf: OrderMailContext['shopOf'];
}): MailCode {
  const { clocks, demo, seal, publicUrl, shopOf } = context;
  return async (transaction, mail) => {
    const { id, purpose, customerNumber, address, terminal, language, withLink, made, expiresAt } = mail;
    const shop = await shopOf(transaction, terminal);
    const t = mailTexts(language);
    const row = (label: string, value: string): string => t('mails:row', { label, value });
    const until = clocks.business() + (expiresAt - clocks.system());
    const isLinkAlone = purpose === 'contact-later';
    const bodyWith = (code: string, link: string): string => {
      const paragraphs = [
        ...(demo ? [t('mails:demo')] : []),
        t(`codes:mail.${purpose}.lead`),
        ...(withLink ? [`${t('codes:mail.link')}\n${link}`] : []),
        [
          ...(isLinkAlone ? [] : [row(t('codes:mail.code'), code)]),
          row(t('codes:mail.until'), `${businessDate(until)} ${businessTimeOfDay(until)}`),
          ...(shop === null ? [] : [row(t('slips:shop'), shop.name)]),
        ].join('\n'),
        ...(isLinkAlone
          ? []
          : [t(`codes:mail.${purpose === 'register-elsewhere' ? 'either-elsewhere' : withLink ? 'either' : 'enter'}`)]),
        t(`codes:mail.care.${isLinkAlone ? 'later' : withLink ? 'link' : 'code'}`),
        ...(shop === null ? [] : [row(t('slips:contact'), shop.phone)]),
        t('mails:footer'),
      ];
      return `${paragraphs.join('\n\n')}\n`;
    };
    const sealed = seal.seal(bodyWith(made.code, `${publicUrl()}${CENTRAL_PATHS.confirmationPage}/${made.linkToken}`));
    // Written for nobody too, so that how long it takes doesn't tell whether an ID is somebody's.
    if (customerNumber === null || address === null) return;
    await queueMail(transaction, clocks, {
      about: `code/${id}/${made.codeHash.slice(-16)}`,
      place: 1,
      kind: `code-${purpose}`,
      language,
      customerNumber,
      to: address,
      subject: t(`codes:mail.${purpose}.subject`),
      body: bodyWith(HIDDEN, HIDDEN),
      sealed: { body: sealed, until: expiresAt },
    });
  };
}
