import { useCallback, useEffect, useState } from 'react';
import type { Devices } from '../../../shared/contract/devices.ts';
import type { Client } from '../../app/channel.ts';
import { useLanguage } from '../../app/language.tsx';
import { Screen } from '../../app/screen.tsx';
import { ActionBar, Button, Notice, Spinner } from '../../kit/index.ts';
import { StaffMenu } from '../staff-menu.tsx';
import { useStaffCall } from '../use-staff-call.ts';
import { CameraCard } from './camera-card.tsx';
import { CentralCard } from './central-card.tsx';
import { ClockCard } from './clock-card.tsx';
import { DiskCard } from './disk-card.tsx';
import { IdReaderCard } from './id-reader-card.tsx';
import { PrinterCard } from './printer-card.tsx';
import { ScreenCard } from './screen-card.tsx';
import { useTest } from './use-test.ts';
import './devices.css';

const testPrinter = (client: Client, staffSessionId: string) => client.devices.testPrinter({ staffSessionId });
const testCentral = (client: Client, staffSessionId: string) => client.devices.testCentral({ staffSessionId });
const testDisk = (client: Client, staffSessionId: string) => client.devices.testDisk({ staffSessionId });
const testClock = (client: Client, staffSessionId: string) => client.devices.testClock({ staffSessionId });

type Looked = { readonly kind: 'looking' | 'failed' } | { readonly kind: 'seen'; readonly devices: Devices };

/** What the terminal works with, how each of it is, and a test of each. */
export function DevicesScreen() {
  const { t } = useLanguage();
  const ask = useStaffCall();
  const [looked, setLooked] = useState<Looked>({ kind: 'looking' });
  const printer = useTest(testPrinter);
  const central = useTest(testCentral);
  const disk = useTest(testDisk);
  const clock = useTest(testClock);
  const tests = [printer, central, disk, clock];

  const look = useCallback(async () => {
    const answer = await ask((client, staffSessionId) => client.devices.look({ staffSessionId }));
    setLooked((now) =>
      answer.kind === 'ok' ? { kind: 'seen', devices: answer.value } : now.kind === 'seen' ? now : { kind: 'failed' },
    );
  }, [ask]);
  useEffect(() => void look(), [look]);
  const testAll = async () => {
    // In turn: what one of them measures must not be another's work.
    for (const test of tests) await test.run();
    await look();
  };

  return (
    <Screen
      id="staff-devices"
      above={<StaffMenu current="devices" />}
      heading={t('devices:title')}
      lead={t('devices:lead')}
      actions={
        <ActionBar
          primary={
            <Button
              variant="primary"
              onPress={() => void testAll()}
              isPending={tests.some(({ state }) => state.kind === 'running')}
              pendingLabel={t('devices:testing')}
            >
              {t('devices:test-all')}
            </Button>
          }
        />
      }
    >
      {looked.kind === 'looking' ? <Spinner label={t('loading')} /> : null}
      {looked.kind === 'failed' ? (
        <Notice tone="error" title={t('devices:unanswered')}>
          <Button variant="secondary" size="small" onPress={() => void look()}>
            {t('retry')}
          </Button>
        </Notice>
      ) : null}
      {looked.kind === 'seen' ? (
        <>
          <p className="devices-terminal">{whatItIs(looked.devices)}</p>
          <div className="devices">
            <PrinterCard printer={looked.devices.printer} test={printer} />
            <CentralCard central={looked.devices.central} test={central} />
            <DiskCard disk={looked.devices.disk} test={disk} />
            <ClockCard clock={looked.devices.clock} test={clock} />
            <ScreenCard />
            <CameraCard />
            <IdReaderCard />
          </div>
        </>
      ) : null}
    </Screen>
  );

  function whatItIs({ terminal }: Devices): string {
    return [
      ...(terminal.shopName === null ? [] : [[t('devices:terminal.shop'), terminal.shopName]]),
      [t('devices:terminal.code'), terminal.code],
      [t('devices:terminal.version'), terminal.version],
    ]
      .map(([label, value]) => t('devices:terminal.fact', { label, value }))
      .join('\u3000');
  }
}
