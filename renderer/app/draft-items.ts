import type { DraftEntry } from '../../shared/contract/draft-entry.ts';
import { businessDate } from '../../shared/domain/business-time.ts';
import { draftNumber, draftNumberGrouped } from '../../shared/domain/kept-draft.ts';
import type { Language } from '../../shared/domain/language.ts';
import { formatDate } from './format.ts';
import type { Text } from './i18n.ts';

/** By which a customer knows what was kept. */
export function draftItems(t: Text, language: Language, { draftId, keptAt, expiresOn }: DraftEntry) {
  return [
    { label: t('kept-drafts:saved-on'), value: formatDate(language, businessDate(keptAt)) },
    { label: t('kept-drafts:until'), value: formatDate(language, expiresOn) },
    { label: t('kept-drafts:number'), value: draftNumberGrouped(draftNumber(draftId)) },
  ];
}
