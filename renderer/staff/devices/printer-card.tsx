import type { Devices } from '../../../shared/contract/devices.ts';
import type { PrinterStatus } from '../../../shared/contract/events.ts';
import type { PrintOutcome } from '../../../shared/contract/printing.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Text } from '../../app/i18n.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import type { StatusDotProps } from '../../kit/index.ts';
import { DeviceCard, type Finding } from './device-card.tsx';
import type { DeviceTest } from './use-test.ts';

interface PrinterCardProps {
  readonly printer: Devices['printer'];
  readonly test: DeviceTest<PrintOutcome>;
}

export function PrinterCard({ printer, test }: PrinterCardProps) {
  const { t } = useLanguage();
  const status = useTerminalState().status?.printer ?? 'unknown';
  return (
    <DeviceCard
      name={t('devices:printer.title')}
      status={{ tone: toneOf(status), text: t(`devices:printer.status.${status}`) }}
      facts={[{ label: t(`devices:printer.${printer.carrier}`), value: printer.address }]}
      test={test}
      describe={(outcome) => describe(t, outcome)}
    />
  );
}

function toneOf(status: PrinterStatus): StatusDotProps['tone'] {
  switch (status) {
    case 'ready':
      return 'good';
    case 'paper-low':
      return 'waiting';
    case 'paper-out':
    case 'cover-open':
    case 'offline':
    case 'error':
      return 'bad';
    case 'unknown':
      return 'neutral';
    default:
      return cantHappen(status);
  }
}

function describe(t: Text, outcome: PrintOutcome): Finding {
  switch (outcome.kind) {
    case 'printed':
      return { tone: 'info', title: t('devices:printer.result.printed'), details: <OnPaper /> };
    case 'no-status':
      return { tone: 'attention', title: t('devices:printer.result.no-status'), details: <OnPaper /> };
    case 'unknown':
      return { tone: 'error', title: t('devices:printer.result.unknown') };
    case 'refused':
    case 'failed':
      return {
        tone: 'error',
        title: t(`devices:printer.result.${outcome.kind}`),
        details: <p>{t(`devices:printer.trouble.${outcome.reason}`)}</p>,
      };
    default:
      return cantHappen(outcome);
  }
}

const TO_LOOK_FOR = ['names', 'underline', 'languages', 'edges', 'number', 'qr'] as const;

/** The printer can't tell whether it printed the right letters: staff hold the slip beside this. */
function OnPaper() {
  const { t } = useLanguage();
  return (
    <ul className="device-card__list">
      {TO_LOOK_FOR.map((one) => (
        <li key={one}>
          {t(`devices:slip.${one}`)}
          {one === 'names' ? <strong className="device-card__sample">{t('devices:slip.sample.names')}</strong> : null}
        </li>
      ))}
    </ul>
  );
}
