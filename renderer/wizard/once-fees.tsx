import type { OnceLine } from '../../shared/domain/quote.ts';
import { formatYen } from '../app/format.ts';
import { useLanguage } from '../app/language.tsx';
import { Card, KeyValueList, Section } from '../kit/index.ts';

/** What is paid once, apart from what comes each month. */
export function OnceFees({ once }: { once: readonly OnceLine[] }) {
  const { t } = useLanguage();
  return (
    <Section title={t('prices:once-title')}>
      <Card>
        {once.length === 0 ? (
          <p>{t('prices:once-none')}</p>
        ) : (
          <KeyValueList
            items={once.map((line) => ({
              label: line.sample
                ? t('prices:sample', { text: t(`prices:once.${line.id}`) })
                : t(`prices:once.${line.id}`),
              value: formatYen(t, line.yen),
            }))}
          />
        )}
      </Card>
    </Section>
  );
}
