import { useHasCamera } from '../../devices/camera/use-has-camera.ts';
import { PresenceCard } from './presence-card.tsx';

export function CameraCard() {
  return <PresenceCard device="camera" isHere={useHasCamera() === true} />;
}
