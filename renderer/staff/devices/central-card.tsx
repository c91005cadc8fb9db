import type { CentralTest, Devices } from '../../../shared/contract/devices.ts';
import { formatMeasure } from '../../app/format.ts';
import { useLanguage } from '../../app/language.tsx';
import { useTerminalState } from '../../app/terminal-context.tsx';
import { KeyValueList } from '../../kit/index.ts';
import { DeviceCard, type Finding } from './device-card.tsx';
import type { DeviceTest } from './use-test.ts';

interface CentralCardProps {
  readonly central: Devices['central'];
  readonly test: DeviceTest<CentralTest>;
}

export function CentralCard({ central, test }: CentralCardProps) {
  const { t, language } = useLanguage();
  const isReachable = useTerminalState().status?.central === 'reachable';
  const milliseconds = (value: number): string => formatMeasure(language, value, 'millisecond');

  const describe = ({ held, broken, roundTrips }: CentralTest): Finding => {
    const links = held.map((one) => ({
      label: t(`devices:central.link.${one.link}`),
      value: milliseconds(one.milliseconds),
    }));
    if (broken !== null) {
      return {
        tone: 'error',
        title: t('devices:central.broken-at', { step: t(`devices:central.link.${broken.link}`) }),
        details: (
          <>
            <p>{t(`devices:central.broken.${broken.reason}`)}</p>
            {links.length === 0 ? null : <KeyValueList items={links} />}
          </>
        ),
      };
    }
    const sorted = roundTrips.toSorted((one, other) => one - other);
    const times = t('devices:central.round-trip-times', {
      middle: milliseconds(sorted[Math.floor(sorted.length / 2)] ?? 0),
      longest: milliseconds(sorted.at(-1) ?? 0),
    });
    return {
      tone: 'info',
      title: t('devices:central.ok'),
      details: (
        <KeyValueList
          items={[...links, { label: t('devices:central.round-trips', { times: roundTrips.length }), value: times }]}
        />
      ),
    };
  };

  return (
    <DeviceCard
      name={t('devices:central.title')}
      status={{
        tone: isReachable ? 'good' : 'bad',
        text: t(`devices:central.${isReachable ? 'reachable' : 'unreachable'}`),
      }}
      facts={[
        { label: t('devices:central.address'), value: central.address },
        {
          label: t('devices:central.protection'),
          value: t(central.isSecure ? 'devices:central.secure' : 'devices:central.loopback'),
        },
      ]}
      test={test}
      describe={describe}
    />
  );
}
