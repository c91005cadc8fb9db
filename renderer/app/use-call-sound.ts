import { useEffect } from 'react';
import callSound from '../../resources/sounds/call.wav?url';

/**
 * `once`: a first notice; `loop`: until somebody does something. A terminal without sound still shows what it shows.
 * @param reason another one starts the sound anew
 */
export function useCallSound(sound: 'off' | 'once' | 'loop', reason: string | undefined): void {
  useEffect(() => {
    if (sound === 'off' || reason === undefined) return undefined;
    const audio = new Audio(callSound);
    audio.loop = sound === 'loop';
    audio.volume = sound === 'loop' ? 1 : 0.4;
    audio.play().catch(() => undefined);
    return () => audio.pause();
  }, [sound, reason]);
}
