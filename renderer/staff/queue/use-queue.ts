import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { QueueDetail, QueueFilter, QueueRow } from '../../../shared/contract/queue.ts';
import { PROCEDURE_IDS } from '../../../shared/procedures/registry.ts';
import type { Text } from '../../app/i18n.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import { createRowStore, type RowStore } from './row-store.ts';

export interface QueueKeys {
  readonly keys: readonly number[];
  readonly counts: Readonly<Record<QueueFilter, number>>;
}

export interface Queue {
  /** null until the backend has given it. */
  readonly found: QueueKeys | null;
  readonly rows: RowStore;
}

/** The list as it stands: asked for again whenever something of it changed. */
export function useQueue(staffSessionId: string, filter: QueueFilter, text: string): Queue {
  const { t } = useLanguage();
  const terminal = useTerminal();
  const { queueVersion, link } = useTerminalState();
  const [found, setFound] = useState<QueueKeys | null>(null);
  const rows = useMemo(
    () =>
      createRowStore(async (keys) => {
        const answer = await terminal.connection.ask((client) => client.queue.rows({ staffSessionId, keys }));
        return answer.kind === 'ok' ? answer.value : null;
      }),
    [terminal, staffSessionId],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the queue changed or the link came back
  useEffect(() => {
    let isWanted = true;
    const search = { text, procedureIds: proceduresCalled(t, text) };
    void terminal.connection
      .ask((client) => client.queue.list({ staffSessionId, filter, search }))
      .then((answer) => {
        if (answer.kind === 'refused') terminal.staff.gone(staffSessionId);
        if (answer.kind === 'ok' && isWanted) setFound(answer.value);
      });
    return () => {
      isWanted = false;
    };
  }, [terminal, t, staffSessionId, filter, text, queueVersion, link]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  useEffect(() => rows.refresh(), [rows, queueVersion, link]);
  return { found, rows };
}

export function useQueueRow(rows: RowStore, key: number): QueueRow | undefined {
  const subscribe = useCallback((listener: () => void) => rows.subscribe(key, listener), [rows, key]);
  return useSyncExternalStore(subscribe, () => rows.get(key));
}

/** @returns null until it is there */
export function useQueueDetail(staffSessionId: string, applicationId: string): QueueDetail | null {
  const terminal = useTerminal();
  const { queueVersion, link, status, staff } = useTerminalState();
  const central = status?.central;
  const isOffline = staff?.isOffline;
  const [detail, setDetail] = useState<QueueDetail | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when what can be done may have changed
  useEffect(() => {
    let isWanted = true;
    void terminal.connection
      .ask((client) => client.queue.detail({ staffSessionId, applicationId }))
      .then((answer) => {
        if (answer.kind === 'ok' && isWanted) setDetail(answer.value);
      });
    return () => {
      isWanted = false;
    };
  }, [terminal, staffSessionId, applicationId, queueVersion, link, central, isOffline]);
  return detail?.row.applicationId === applicationId ? detail : null;
}

/** Procedures whose title, in the page's language, has the text in it. */
function proceduresCalled(t: Text, text: string): string[] {
  const wanted = plain(text);
  return wanted === '' ? [] : PROCEDURE_IDS.filter((id) => plain(t(`procedures:${id}.title`)).includes(wanted));
}

function plain(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
}
