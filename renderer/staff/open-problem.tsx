import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { useLanguage } from '../app/language.tsx';
import { Notice } from '../kit/index.ts';
import type { OpenAnswer } from './staff-terminal.ts';

/** Why the customer's contracts did not open, and what to do. */
export function OpenProblem({ answer }: { answer: OpenAnswer }) {
  const { t } = useLanguage();
  switch (answer.kind) {
    case 'opened':
    case 'gone':
      return null;
    case 'customer-unknown':
      return <Notice tone="error">{t('staff:customer.unknown')}</Notice>;
    case 'reachable':
      return <Notice tone="info">{t('staff:customer.reachable')}</Notice>;
    case 'unreachable':
    case 'link-lost':
      return <Notice tone="offline">{t('staff:search.unreachable')}</Notice>;
    case 'failed':
      return (
        <Notice tone="error" title={t('unexpected.title')}>
          {answer.correlationId === null ? null : t('unexpected.id', { id: answer.correlationId })}
        </Notice>
      );
    default:
      return cantHappen(answer);
  }
}
