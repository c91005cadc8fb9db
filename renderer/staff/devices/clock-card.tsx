import type { ClockTest, Devices } from '../../../shared/contract/devices.ts';
import { cantHappen } from '../../../shared/domain/cant-happen.ts';
import { formatMeasure } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { DeviceCard, type Finding } from './device-card.tsx';
import type { DeviceTest } from './use-test.ts';

/** As exact as a `Date` header that travelled tells it. */
const EXACT_SECONDS = 2;
const RIGHT_SECONDS = 60;

interface ClockCardProps {
  readonly clock: Devices['clock'];
  readonly test: DeviceTest<ClockTest>;
}

export function ClockCard({ clock, test }: ClockCardProps) {
  const { t, language } = useLanguage();

  const difference = (aheadSeconds: number): string => {
    const seconds = Math.abs(aheadSeconds);
    if (seconds <= EXACT_SECONDS) return t('devices:clock.exact');
    const [value, unit] =
      seconds < 120
        ? ([seconds, 'second'] as const)
        : seconds < 7_200
          ? ([seconds / 60, 'minute'] as const)
          : seconds < 172_800
            ? ([seconds / 3_600, 'hour'] as const)
            : ([seconds / 86_400, 'day'] as const);
    return t(aheadSeconds > 0 ? 'devices:clock.ahead' : 'devices:clock.behind', {
      duration: formatMeasure(language, value, unit),
    });
  };
  const describe = (found: ClockTest): Finding => {
    switch (found.kind) {
      case 'compared': {
        const title = t('devices:clock.compared', { difference: difference(found.aheadSeconds) });
        return isRight(found.aheadSeconds)
          ? { tone: 'info', title }
          : { tone: 'attention', title, details: <p>{t('devices:clock.wrong-help')}</p> };
      }
      case 'no-answer':
        return { tone: 'error', title: t('devices:clock.no-answer') };
      default:
        return cantHappen(found);
    }
  };

  const good = isRight(clock.aheadSeconds);
  return (
    <DeviceCard
      name={t('devices:clock.title')}
      status={{ tone: good ? 'good' : 'waiting', text: t(good ? 'devices:clock.right' : 'devices:clock.wrong') }}
      facts={[{ label: t('devices:clock.machine'), value: difference(clock.aheadSeconds) }]}
      test={test}
      describe={describe}
    />
  );
}

const isRight = (aheadSeconds: number): boolean => Math.abs(aheadSeconds) < RIGHT_SECONDS;
