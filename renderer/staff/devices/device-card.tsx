import { type ReactNode, useEffect, useId } from 'react';
import { useAnnounce } from '../../app/announcer.tsx';
import { useLanguage } from '../../app/language.tsx';
import { Button, KeyValueList, type KeyValueItem, Notice, StatusDot, type StatusDotProps } from '../../kit/index.ts';
import type { DeviceTest } from './use-test.ts';

/** What a test found, in words: one line that says it, and below it what to do. */
export interface Finding {
  readonly tone: 'info' | 'attention' | 'error';
  readonly title: string;
  readonly details?: ReactNode;
}

interface DeviceCardProps<Found> {
  readonly name: string;
  readonly status?: { readonly tone: StatusDotProps['tone']; readonly text: string } | undefined;
  readonly facts: readonly KeyValueItem[];
  readonly test: DeviceTest<Found>;
  readonly describe: (found: Found) => Finding;
  readonly children?: ReactNode;
}

export function DeviceCard<Found>({ name, status, facts, test, describe, children }: DeviceCardProps<Found>) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const nameId = useId();
  const { state } = test;
  const finding: Finding | null =
    state.kind === 'found'
      ? describe(state.found)
      : state.kind === 'unanswered'
        ? { tone: 'attention', title: t('devices:unanswered') }
        : null;
  const spoken = finding === null ? null : `${name}: ${finding.title}`;
  useEffect(() => {
    if (spoken !== null) announce(spoken);
  }, [announce, spoken]);
  return (
    <section className="device-card" aria-labelledby={nameId}>
      <div className="device-card__head">
        <h2 className="device-card__name" id={nameId}>
          {name}
        </h2>
        {status === undefined ? null : <StatusDot tone={status.tone}>{status.text}</StatusDot>}
        <Button
          variant="secondary"
          size="small"
          onPress={() => void test.run()}
          isPending={state.kind === 'running'}
          pendingLabel={t('devices:testing')}
        >
          {t('devices:test-name', { device: name })}
        </Button>
      </div>
      <KeyValueList items={facts} />
      {children}
      {finding === null ? null : (
        <Notice tone={finding.tone} title={finding.title}>
          {finding.details}
        </Notice>
      )}
    </section>
  );
}
