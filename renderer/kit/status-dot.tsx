import './status-dot.css';

export type StatusDotProps = { tone: 'good' | 'waiting' | 'bad' | 'neutral'; children: string };

/** A state in a word; the dot's shape differs with the tone, not only its colour. */
export function StatusDot({ tone, children }: StatusDotProps) {
  return (
    <span className={`kit-status kit-status--${tone}`}>
      <span className="kit-status__dot" aria-hidden="true" />
      {children}
    </span>
  );
}
