import { useEffect } from 'react';
import type { OwnCall as OwnCallState } from '../../shared/contract/calls-state.ts';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import { Button, Dialog, FullScreenSign, Spinner } from '../kit/index.ts';
import { useAnnounce } from './announcer.tsx';
import { useLanguage } from './language.tsx';
import { go, parseRoute, staffHash, useHash } from './route.ts';
import { useTerminal, useTerminalState } from './terminal-context.tsx';
import { useCallSound } from './use-call-sound.ts';

/** A customer's call, over whatever screen they are on; what they entered stays beneath. */
export function OwnCall() {
  const { own } = useTerminalState().calls;
  // Whoever answers on the spot types a PIN: until then it goes on elsewhere.
  const isStaffHere = parseRoute(useHash()).kind === 'staff';
  return own === null || isStaffHere ? null : <Call key={own.callId} own={own} />;
}

function Call({ own }: { own: OwnCallState }) {
  const { t } = useLanguage();
  const { calls } = useTerminal();
  const announce = useAnnounce();
  const isAnswered = own.state === 'answered';
  useEffect(() => {
    if (isAnswered) announce(t('call:answered.title'));
  }, [isAnswered, announce, t]);
  useCallSound(own.state === 'escalated' || own.state === 'unheard' ? 'loop' : 'off', own.callId);
  switch (own.state) {
    case 'calling':
      return (
        <Dialog title={t('call:asked.title')} isOpen onClose={calls.end} closeLabel={t('call:dismiss')}>
          <p>{t('call:asked.text')}</p>
          <Spinner label={t('call:asked.waiting')} />
          <ForStaff />
        </Dialog>
      );
    case 'answered':
      return (
        <Dialog title={t('call:answered.title')} isOpen onClose={calls.end} closeLabel={t('close')}>
          <p>
            {own.staffName === null ? t('call:answered.text') : t('call:answered.text-by', { name: own.staffName })}
          </p>
          <ForStaff />
        </Dialog>
      );
    case 'escalated':
    case 'unheard':
      return (
        <FullScreenSign
          title={t('call:sign.title')}
          text={t('call:sign.text')}
          actions={
            <>
              <Button variant="secondary" onPress={calls.end}>
                {t('call:dismiss')}
              </Button>
              <ForStaff />
            </>
          }
        />
      );
    default:
      return cantHappen(own);
  }
}

function ForStaff() {
  const { t } = useLanguage();
  return (
    <Button variant="quiet" size="small" onPress={() => go(staffHash('devices'))}>
      {t('call:unlock.way')}
    </Button>
  );
}
