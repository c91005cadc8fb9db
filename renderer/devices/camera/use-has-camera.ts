import { useEffect, useState } from 'react';

/** A browser that tells nothing of its devices has none that could be used, nor has one that is silent for longer. */
const ANSWERS_WITHIN_MS = 3_000;

/** Whether one is plugged in; that is known before anybody allowed its use. null: not looked yet. */
export function useHasCamera(): boolean | null {
  const [hasCamera, setHasCamera] = useState<boolean | null>(null);
  useEffect(() => {
    const { mediaDevices } = navigator;
    let isWanted = true;
    const look = async (): Promise<void> => {
      const silence = new Promise<MediaDeviceInfo[]>((resolve) => setTimeout(() => resolve([]), ANSWERS_WITHIN_MS));
      const devices = await Promise.race([mediaDevices.enumerateDevices(), silence]).catch(() => []);
      if (isWanted) setHasCamera(devices.some(({ kind }) => kind === 'videoinput'));
    };
    void look();
    const again = (): void => void look();
    mediaDevices.addEventListener('devicechange', again);
    return () => {
      isWanted = false;
      mediaDevices.removeEventListener('devicechange', again);
    };
  }, []);
  return hasCamera;
}
