import { Printer } from 'lucide-react';
import { useLanguage } from '../../app/language.tsx';
import { Notice } from '../../kit/index.ts';
import type { Paper } from './after-print.ts';

/** How it stands with the paper that a secret is to be on. */
export function PaperNotice({ paper }: { paper: Paper }) {
  const { t } = useLanguage();
  switch (paper.kind) {
    case 'untouched':
    case 'printing':
      return null;
    case 'printed':
      return (
        <Notice tone="info" icon={<Printer />} title={t('secrets:printed.title')}>
          <p>{t('secrets:printed.text')}</p>
        </Notice>
      );
    case 'gone':
      return (
        <Notice tone="attention" icon={<Printer />} title={t('secrets:refused.title')}>
          <p>{t('secrets:refused.gone')}</p>
        </Notice>
      );
    case 'refused':
      return (
        <Notice tone="attention" icon={<Printer />} title={t('secrets:refused.title')}>
          <p>{t(`secrets:refused.${paper.reason}`)}</p>
        </Notice>
      );
  }
}
