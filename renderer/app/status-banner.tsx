import { useEffect, useRef } from 'react';
import { Notice } from '../kit/index.ts';
import { useAnnounce } from './announcer.tsx';
import { formatDay } from './format.ts';
import { useLanguage } from './language.tsx';
import { useTerminalState } from './terminal-context.tsx';

/** What the customer should know about the line to central, calmly; null when all is well. */
export function useStatusBanner() {
  const { t, language } = useLanguage();
  const { link, status, session } = useTerminalState();
  const announce = useAnnounce();
  const isOffline = status?.central === 'unreachable';
  const wasOffline = useRef(isOffline);
  useEffect(() => {
    if (wasOffline.current === isOffline) return;
    wasOffline.current = isOffline;
    announce(isOffline ? t('offline.title') : t('offline.back'));
  }, [isOffline, announce, t]);

  if (link === 'lost') {
    return (
      <Notice tone="offline" title={t('link-lost.title')}>
        {t('link-lost.text')}
      </Notice>
    );
  }
  if (status === null) return null;
  if (isOffline) {
    const facts = [
      ...(session?.catalog ? [t('offline.as-of', { date: formatDay(language, session.catalog.asOf) })] : []),
      ...(status.waiting > 0 ? [t('offline.waiting', { number: status.waiting })] : []),
    ];
    return (
      <Notice tone="offline" title={t('offline.title')}>
        {session === null ? null : <p>{t('offline.text')}</p>}
        {facts.map((fact) => (
          <p key={fact}>{fact}</p>
        ))}
      </Notice>
    );
  }
  return status.waiting > 0 ? <Notice tone="info">{t('sending', { number: status.waiting })}</Notice> : null;
}
