import { useEffect, useRef } from 'react';
import { useAnnounce } from '../app/announcer.tsx';
import { useLanguage } from '../app/language.tsx';
import { useTerminalState } from '../app/terminal-context.tsx';
import { useCallSound } from '../app/use-call-sound.ts';

/** Makes a staff terminal heard: a short sound with a call, one that goes on when nobody answers it. */
export function CallAlarm() {
  const { t } = useLanguage();
  const announce = useAnnounce();
  const { shop } = useTerminalState().calls;
  const latest = shop.at(-1);
  const announced = useRef<string | null>(null);
  useEffect(() => {
    if (latest === undefined || announced.current === latest.callId) return;
    announced.current = latest.callId;
    announce(t('call:shop.announce', { terminal: latest.terminal }));
  }, [latest, announce, t]);
  const isEscalated = shop.some((call) => call.isEscalated);
  useCallSound(isEscalated ? 'loop' : latest === undefined ? 'off' : 'once', latest?.callId);
  return null;
}
