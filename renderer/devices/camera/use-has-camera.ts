import { useEffect, useState } from 'react';

/** Whether one is plugged in; that is known before anybody allowed its use. */
export function useHasCamera(): boolean {
  const [hasCamera, setHasCamera] = useState(false);
  useEffect(() => {
    const { mediaDevices } = navigator;
    let isWanted = true;
    const look = async (): Promise<void> => {
      const devices = await mediaDevices.enumerateDevices();
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
