import { useEffect, useRef, useState } from 'react';
import { QUEUE_FILTERS, QUEUE_SEARCH_MOST, type QueueFilter } from '../../../shared/contract/queue.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { ChoiceGroup, Notice, Spinner, TextField } from '../../kit/index.ts';
import { StaffMenu } from '../staff-menu.tsx';
import { QueueEntry } from './queue-entry.tsx';
import { QueueList } from './queue-list.tsx';
import { RescueExport } from './rescue-export.tsx';
import { SalvageNotice } from './salvage-notice.tsx';
import { useQueue, useQueueRow } from './use-queue.ts';
import './queue.css';

/** staff.queue: every application taken at this terminal, and what can be done with each. */
export function QueueScreen({ staffSessionId }: { staffSessionId: string }) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const [filter, setFilter] = useState<QueueFilter>('attention');
  const [text, setText] = useState('');
  const [selected, setSelected] = useState<number | null>(null);
  const { found, rows } = useQueue(staffSessionId, filter, text);
  const list = useRef<HTMLDivElement>(null);
  const detail = useRef<HTMLElement>(null);
  const row = useQueueRow(rows, selected ?? NOTHING);
  const count = found?.keys.length;
  useEffect(() => {
    if (count !== undefined) announce(t('queue:found', { count }));
  }, [announce, t, count]);

  return (
    <Screen id="staff-queue" heading={t('queue:title')} above={<StaffMenu current="queue" />}>
      <SalvageNotice staffSessionId={staffSessionId} />
      <div className="queue-tools">
        <search
          onKeyDown={(event) => {
            if (event.key !== 'ArrowDown') return;
            event.preventDefault();
            list.current?.focus();
          }}
        >
          <TextField
            label={t('queue:search')}
            value={text}
            onChange={(typed) => setText(typed.slice(0, QUEUE_SEARCH_MOST))}
            type="text"
            name="queue-search"
            autoComplete="off"
          />
        </search>
        <ChoiceGroup
          label={t('queue:filter.label')}
          labelVisibility="hidden"
          layout="compact"
          value={filter}
          onChange={(next) => setFilter(QUEUE_FILTERS.find((one) => one === next) ?? filter)}
          selectedLabel={t('display.selected')}
          options={QUEUE_FILTERS.map((one) => ({
            value: one,
            name: t(`queue:filter.${one}`),
            ...(found === null ? {} : { badge: String(found.counts[one]) }),
          }))}
        />
      </div>
      <div className="queue">
        <section className="queue__list" aria-label={t('queue:list')}>
          {found === null ? (
            <Spinner label={t('loading')} />
          ) : found.keys.length === 0 ? (
            <Notice tone="info">{t(text === '' ? `queue:empty.${filter}` : 'queue:empty.search')}</Notice>
          ) : (
            <QueueList
              keys={found.keys}
              rows={rows}
              selected={selected}
              onSelect={setSelected}
              onOpen={(key) => {
                setSelected(key);
                detail.current?.focus({ preventScroll: true });
              }}
              listRef={list}
            />
          )}
          <p className="queue__keys">
            <kbd>{'↑'}</kbd> <kbd>{'↓'}</kbd> {t('queue:keys.choose')} <kbd>{'Enter'}</kbd> {t('queue:keys.open')}{' '}
            <kbd>{'Esc'}</kbd> {t('queue:keys.back')}
          </p>
          <RescueExport staffSessionId={staffSessionId} />
        </section>
        <section
          className="queue__detail"
          aria-label={t('queue:detail')}
          ref={detail}
          tabIndex={-1}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.defaultPrevented) list.current?.focus();
          }}
        >
          {row === undefined ? (
            <Notice tone="info">{t('queue:none-chosen')}</Notice>
          ) : (
            <QueueEntry key={row.applicationId} staffSessionId={staffSessionId} applicationId={row.applicationId} />
          )}
        </section>
      </div>
    </Screen>
  );
}

/** No entry has this key. */
const NOTHING = 0;
