import { type Notice as QuoteNotice, noticeValues } from '../../shared/domain/notices.ts';
import { formatDate, formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { Notice, NoticeList, Section } from '../kit/index.ts';

/** What the customer has to know of what was computed: before agreeing to it, and once it is applied for. */
export function QuoteNotices({ notices }: { notices: readonly QuoteNotice[] }) {
  const { t, language } = useLanguage();
  if (notices.length === 0) return null;
  return (
    <Section title={t('wizard:review.notices')}>
      <NoticeList>
        {notices.map((notice) => (
          <Notice key={notice.id} tone={notice.id === 'ip-type-kept' ? 'info' : 'attention'}>
            {t(
              `notices:${notice.id}`,
              noticeValues(notice, {
                yen: (yen) => formatYen(t, yen),
                date: (date) => formatDate(language, date),
              }),
            )}
          </Notice>
        ))}
      </NoticeList>
    </Section>
  );
}
