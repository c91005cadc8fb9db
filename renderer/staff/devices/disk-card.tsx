import type { Devices, DiskTest } from '../../../shared/contract/devices.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import type { Language } from '../../../shared/domain/language.ts';
import { formatMeasure } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { Notice } from '../../kit/index.ts';
import { DeviceCard, type Finding } from './device-card.tsx';
import type { DeviceTest } from './use-test.ts';

const MEGABYTE = 1024 * 1024;
/** Room for some ten thousand applications. */
const LOW_BYTES = 500 * MEGABYTE;
/** For the megabyte of the test; an application is a few kilobytes. */
const SLOW_MS = 1_000;

interface DiskCardProps {
  readonly disk: Devices['disk'];
  readonly test: DeviceTest<DiskTest>;
}

export function DiskCard({ disk, test }: DiskCardProps) {
  const { t, language } = useLanguage();
  const { freeBytes } = disk;
  const isLow = freeBytes !== null && freeBytes < LOW_BYTES;

  const describe = (found: DiskTest): Finding => {
    switch (found.kind) {
      case 'written': {
        const title = t('devices:disk.written', {
          size: formatBytes(language, found.bytes),
          time: formatMeasure(language, found.milliseconds, 'millisecond'),
        });
        return found.milliseconds > SLOW_MS
          ? { tone: 'attention', title, details: <p>{t('devices:disk.slow')}</p> }
          : { tone: 'info', title };
      }
      case 'failed':
        return { tone: 'error', title: t(`devices:disk.failed.${found.reason}`) };
      default:
        return cantHappen(found);
    }
  };

  return (
    <DeviceCard
      name={t('devices:disk.title')}
      status={{ tone: isLow ? 'bad' : 'good', text: t(isLow ? 'devices:disk.low' : 'devices:disk.enough') }}
      facts={[
        {
          label: t('devices:disk.free'),
          value: freeBytes === null ? t('devices:disk.unknown') : formatBytes(language, freeBytes),
        },
        { label: t('devices:disk.database'), value: formatBytes(language, disk.databaseBytes) },
      ]}
      test={test}
      describe={describe}
    >
      {isLow ? <Notice tone="attention">{t('devices:disk.low-help')}</Notice> : null}
    </DeviceCard>
  );
}

function formatBytes(language: Language, bytes: number): string {
  const megabytes = bytes / MEGABYTE;
  return megabytes < 1024
    ? formatMeasure(language, megabytes, 'megabyte')
    : formatMeasure(language, megabytes / 1024, 'gigabyte');
}
