import { useEffect, useState } from 'react';
import type { SalvageReport } from '../../../shared/contract/salvage.ts';
import { formatMoment } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminal, useTerminalState } from '../../app/terminal-context.tsx';
import { Button, Notice, Section, Sheet } from '../../kit/index.ts';

/** After the terminal's database was damaged: what became of the applications, and what staff are to do about each kind. */
export function SalvageNotice({ staffSessionId }: { staffSessionId: string }) {
  const { t, language } = useLanguage();
  const terminal = useTerminal();
  const report = useSalvageReport(staffSessionId);
  const [isOpen, setOpen] = useState(false);
  if (report === null) return null;
  const confirm = async () => {
    const answer = await terminal.connection.ask((client) => client.salvage.confirm({ staffSessionId }));
    if (answer.kind === 'refused') terminal.staff.gone(staffSessionId);
    if (answer.kind === 'ok') setOpen(false);
  };
  return (
    <>
      <Notice tone="error" title={t('salvage:notice.title')}>
        <div className="salvage__notice">
          <p>{t('salvage:notice.text', { at: formatMoment(language, report.at) })}</p>
          <Button variant="secondary" size="small" onPress={() => setOpen(true)}>
            {t('salvage:notice.open')}
          </Button>
        </div>
      </Notice>
      <Sheet
        title={t('salvage:title')}
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        closeLabel={t('back')}
        actions={
          <Button variant="primary" onPress={() => void confirm()}>
            {t('salvage:confirm')}
          </Button>
        }
      >
        <Report report={report} />
      </Sheet>
    </>
  );
}

function Report({ report }: { report: SalvageReport }) {
  const { t } = useLanguage();
  const { saved, damaged, missing, missingWithoutNumber, isLogCut, isIdentityLost, keptAside } = report;
  const isNothingLost = damaged.length + missing.length + missingWithoutNumber === 0 && !isLogCut;
  return (
    <div className="salvage">
      <Section title={t('salvage:saved.title', { count: saved })}>
        {isIdentityLost || isLogCut ? null : <p>{t('salvage:saved.text')}</p>}
        {isNothingLost ? <p>{t('salvage:nothing-lost')}</p> : null}
      </Section>
      {isIdentityLost ? <Paragraph kind="identity" /> : null}
      {isLogCut ? <Paragraph kind="log" /> : null}
      <Numbers kind="damaged" numbers={damaged} />
      <Numbers kind="missing" numbers={missing} />
      {missingWithoutNumber === 0 ? null : (
        <Section title={t('salvage:unnumbered.title', { count: missingWithoutNumber })}>
          <p>{t('salvage:unnumbered.text')}</p>
        </Section>
      )}
      <Section title={t('salvage:maintenance.title')}>
        <p>{t('salvage:maintenance.text', { folder: keptAside })}</p>
      </Section>
    </div>
  );
}

function Paragraph({ kind }: { kind: 'identity' | 'log' }) {
  const { t } = useLanguage();
  return (
    <Section title={t(`salvage:${kind}.title`)}>
      <p>{t(`salvage:${kind}.text`)}</p>
    </Section>
  );
}

function Numbers({ kind, numbers }: { kind: 'damaged' | 'missing'; numbers: readonly string[] }) {
  const { t } = useLanguage();
  if (numbers.length === 0) return null;
  return (
    <Section title={t(`salvage:${kind}.title`, { count: numbers.length })}>
      <p>{t(`salvage:${kind}.text`)}</p>
      <ul className="salvage__numbers">
        {numbers.map((number) => (
          <li key={number}>{number}</li>
        ))}
      </ul>
    </Section>
  );
}

/** null: there is nothing to say, or it isn't known yet. */
function useSalvageReport(staffSessionId: string): SalvageReport | null {
  const terminal = useTerminal();
  const { queueVersion, link } = useTerminalState();
  const [report, setReport] = useState<SalvageReport | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when the queue changed or the link came back
  useEffect(() => {
    let isWanted = true;
    void terminal.connection
      .ask((client) => client.salvage.report({ staffSessionId }))
      .then((answer) => {
        if (answer.kind === 'ok' && isWanted) setReport(answer.value);
      });
    return () => {
      isWanted = false;
    };
  }, [terminal, staffSessionId, queueVersion, link]);
  return report;
}
