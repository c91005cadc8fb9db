import { type RefObject, useMemo, useRef } from 'react';
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components';
import type { Language } from '../../../shared/domain/language.ts';
import { formatMoment } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { EntryState } from './entry-state.tsx';
import type { RowStore } from './row-store.ts';
import { useQueueRow } from './use-queue.ts';

interface QueueListProps {
  readonly keys: readonly number[];
  readonly rows: RowStore;
  readonly selected: number | null;
  readonly onSelect: (key: number) => void;
  /** Enter, a tap or a second click: on to what can be done with it. */
  readonly onOpen: (key: number) => void;
  readonly listRef: RefObject<HTMLDivElement | null>;
}

interface Item {
  readonly id: number;
}

const ROW_REM = 4.25;

/** As many entries as there are; only those in sight are in the page, and only those are fetched. */
export function QueueList({ keys, rows, selected, onSelect, onOpen, listRef }: QueueListProps) {
  const { t, language } = useLanguage();
  const items = useItems(keys);
  const rowSize = ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  return (
    <Virtualizer layout={ListLayout} layoutOptions={{ rowSize }}>
      <ListBox
        className="queue-list"
        ref={listRef}
        aria-label={t('queue:list')}
        items={items}
        dependencies={[rows, language]}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={selected === null ? [] : [selected]}
        onSelectionChange={(chosen) => {
          const [key] = chosen === 'all' ? [] : chosen;
          if (typeof key === 'number') onSelect(key);
        }}
        onAction={(key) => {
          if (typeof key === 'number') onOpen(key);
        }}
      >
        {({ id }) => (
          <ListBoxItem className="queue-list__item" id={id} textValue={String(id)}>
            <Entry id={id} rows={rows} language={language} />
          </ListBoxItem>
        )}
      </ListBox>
    </Virtualizer>
  );
}

function Entry({ id, rows, language }: { id: number; rows: RowStore; language: Language }) {
  const { t } = useLanguage();
  const row = useQueueRow(rows, id);
  if (row === undefined) return <span className="queue-list__loading">{t('loading')}</span>;
  return (
    <>
      <span className="queue-list__title">{t(`procedures:${row.procedureId}.title`)}</span>
      <span className="queue-list__state">
        <EntryState row={row} />
      </span>
      <span className="queue-list__facts">
        <span>{row.receiptNumber}</span>
        <span>{formatMoment(language, row.capturedAt)}</span>
        {row.customerNumber === null ? null : <span>{t('queue:customer', { number: row.customerNumber })}</span>}
      </span>
    </>
  );
}

/** The same object for the same entry, so that a change of the list costs what changed and not the whole list. */
function useItems(keys: readonly number[]): readonly Item[] {
  const known = useRef(new Map<number, Item>());
  return useMemo(() => {
    const items = keys.map((id) => known.current.get(id) ?? { id });
    known.current = new Map(items.map((item) => [item.id, item]));
    return items;
  }, [keys]);
}
