import { useState } from 'react';
import './countdown.css';

export type CountdownProps = { secondsLeft: number; label: string };

const RADIUS = 88;
const CIRCUMFERENCE = 2 * Math.PI * RADIUS;

/** The ring is full at the number of seconds it first shows. */
export function Countdown({ secondsLeft, label }: CountdownProps) {
  const [secondsAtStart] = useState(Math.max(1, secondsLeft));
  const share = Math.min(1, Math.max(0, secondsLeft / secondsAtStart));
  return (
    <div className="kit-countdown" role="timer" aria-label={label}>
      <svg className="kit-countdown__ring" viewBox="0 0 200 200" aria-hidden="true">
        <circle className="kit-countdown__track" cx="100" cy="100" r={RADIUS} />
        <circle
          className="kit-countdown__left"
          cx="100"
          cy="100"
          r={RADIUS}
          strokeDasharray={CIRCUMFERENCE}
          strokeDashoffset={CIRCUMFERENCE * (1 - share)}
        />
      </svg>
      <span className="kit-countdown__seconds">{secondsLeft}</span>
      <span className="kit-countdown__label">{label}</span>
    </div>
  );
}
