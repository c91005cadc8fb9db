import { FileText, Printer } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { DayReport } from '../../../shared/contract/close-day.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import type { BusinessDate } from '../../../shared/domain/business-time.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { useAnnounce } from '../../app/announcer.tsx';
import { formatDate } from '../../app/format.ts';
import type { Text } from '../../app/i18n.ts';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { ActionBar, Button, ChoiceGroup, Notice, Spinner } from '../../kit/index.ts';
import { type PrintFinding, printFinding } from '../print-finding.ts';
import { StaffMenu } from '../staff-menu.tsx';
import { useStaffCall } from '../use-staff-call.ts';
import { DayReportView } from './day-report-view.tsx';
import './close-day.css';

type Shown =
  | { readonly kind: 'reading' | 'failed' }
  | {
      readonly kind: 'read';
      readonly report: DayReport;
      readonly today: BusinessDate;
      readonly yesterday: BusinessDate;
    };

type Done =
  | { readonly kind: 'nothing' | 'printing' | 'saving' | 'disk-full' | 'not-writable' | 'unanswered' }
  | { readonly kind: 'printed'; readonly outcome: PrintOutcome }
  | { readonly kind: 'saved'; readonly file: string };

/** The day's applications on the screen, and from here on paper and as a file. */
export function CloseDayScreen() {
  const { t, language } = useLanguage();
  const ask = useStaffCall();
  const [day, setDay] = useState<BusinessDate | null>(null);
  const [shown, setShown] = useState<Shown>({ kind: 'reading' });
  const [done, setDone] = useState<Done>({ kind: 'nothing' });

  const read = useCallback(async () => {
    const answer = await ask((client, staffSessionId) => client.closeDay.report({ staffSessionId, day }));
    if (answer.kind === 'ok') setShown({ kind: 'read', ...answer.value });
    // The day that was chosen has become the day before yesterday.
    else if (answer.kind === 'refused' && answer.error.code === 'OTHER_DAY') setDay(null);
    else setShown({ kind: 'failed' });
  }, [ask, day]);
  useEffect(() => void read(), [read]);

  const print = async (of: BusinessDate) => {
    setDone({ kind: 'printing' });
    const answer = await ask((client, staffSessionId) => client.closeDay.print({ staffSessionId, day: of }));
    setDone({ kind: 'printed', outcome: answer.kind === 'ok' ? answer.value : { kind: 'unknown' } });
    await read();
  };
  const save = async (of: BusinessDate) => {
    setDone({ kind: 'saving' });
    const answer = await ask((client, staffSessionId) => client.closeDay.savePdf({ staffSessionId, day: of }));
    const code = answer.kind === 'refused' ? answer.error.code : null;
    if (answer.kind === 'ok') setDone({ kind: 'saved', file: answer.value.file });
    else if (code === 'DISK_FULL') setDone({ kind: 'disk-full' });
    else setDone({ kind: code === 'NOT_WRITABLE' ? 'not-writable' : 'unanswered' });
    await read();
  };

  const isBusy = done.kind === 'printing' || done.kind === 'saving';
  return (
    <Screen
      id="staff-close-day"
      above={<StaffMenu current="close-day" />}
      heading={t('close-day:title')}
      lead={t('close-day:lead')}
      actions={
        shown.kind === 'read' ? (
          <ActionBar
            extra={
              <Button
                variant="secondary"
                icon={<FileText />}
                onPress={() => void save(shown.report.day)}
                isDisabled={isBusy && done.kind !== 'saving'}
                isPending={done.kind === 'saving'}
                pendingLabel={t('close-day:saving')}
              >
                {t('close-day:save')}
              </Button>
            }
            primary={
              <Button
                variant="primary"
                icon={<Printer />}
                onPress={() => void print(shown.report.day)}
                isDisabled={isBusy && done.kind !== 'printing'}
                isPending={done.kind === 'printing'}
                pendingLabel={t('close-day:printing')}
              >
                {t('close-day:print')}
              </Button>
            }
          />
        ) : null
      }
    >
      <WhatWasDone done={done} />
      {shown.kind === 'reading' ? <Spinner label={t('loading')} /> : null}
      {shown.kind === 'failed' ? (
        <Notice tone="error" title={t('close-day:failed')}>
          <Button variant="secondary" size="small" onPress={() => void read()}>
            {t('retry')}
          </Button>
        </Notice>
      ) : null}
      {shown.kind === 'read' ? (
        <div className="close-day">
          <ChoiceGroup
            label={t('close-day:day')}
            layout="compact"
            value={shown.report.day}
            onChange={(chosen) => {
              setDone({ kind: 'nothing' });
              setDay(chosen);
            }}
            selectedLabel={t('display.selected')}
            options={[
              { value: shown.today, name: t('close-day:today'), details: [formatDate(language, shown.today)] },
              {
                value: shown.yesterday,
                name: t('close-day:yesterday'),
                details: [formatDate(language, shown.yesterday)],
              },
            ]}
          />
          <DayReportView report={shown.report} />
        </div>
      ) : null}
    </Screen>
  );
}

function WhatWasDone({ done }: { done: Done }) {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const found = findingOf(t, done);
  const title = found?.title;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (title === undefined) return;
    announce(title);
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [announce, title]);
  return found === null ? null : (
    <div ref={place}>
      <Notice tone={found.tone} title={found.title}>
        {found.help}
      </Notice>
    </div>
  );
}

function findingOf(t: Text, done: Done): PrintFinding | null {
  switch (done.kind) {
    case 'nothing':
    case 'printing':
    case 'saving':
      return null;
    case 'printed':
      return printFinding(t, 'close-day:printed', done.outcome);
    case 'saved':
      return { tone: 'info', title: t('close-day:saved'), help: t('close-day:saved-where', { file: done.file }) };
    case 'unanswered':
      return { tone: 'attention', title: t('devices:unanswered'), help: null };
    case 'disk-full':
    case 'not-writable':
      return { tone: 'error', title: t(`close-day:not-saved.${done.kind}`), help: null };
    default:
      return cantHappen(done);
  }
}
