import { useEffect } from 'react';
import { useLanguage } from '../app/language.tsx';
import { useTerminalState } from '../app/terminal-context.tsx';
import { go, staffHash, type StaffPage } from '../app/route.ts';
import './staff-menu.css';

/** `key` null: the keys that a browser leaves to the page are all taken. */
const PAGES: readonly { readonly page: StaffPage; readonly key: string | null }[] = [
  { page: 'desk', key: 'F2' },
  { page: 'queue', key: 'F4' },
  { page: 'devices', key: 'F8' },
  { page: 'close-day', key: null },
];

/** Of those, what an unlocked customers' terminal has. */
const SERVICE_PAGES: readonly StaffPage[] = ['queue', 'devices'];

/** The way between staff's own screens, by touch or by the key that stands beside each. */
export function StaffMenu({ current }: { current: StaffPage }) {
  const { t } = useLanguage();
  const isService = useTerminalState().staff?.scope === 'service';
  const pages = isService ? PAGES.filter(({ page }) => SERVICE_PAGES.includes(page)) : PAGES;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const wanted = pages.find(({ key }) => key === event.key);
      if (wanted === undefined) return;
      event.preventDefault();
      go(staffHash(wanted.page));
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [pages]);
  return (
    <nav className="staff-menu" aria-label={t('staff:menu.label')}>
      {pages.map(({ page, key }) => (
        <a
          className="staff-menu__item"
          key={page}
          href={staffHash(page)}
          aria-current={page === current ? 'page' : undefined}
        >
          {t(`staff:menu.${page}`)} {key === null || isService ? null : <kbd className="staff-menu__key">{key}</kbd>}
        </a>
      ))}
    </nav>
  );
}
