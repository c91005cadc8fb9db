import './spinner.css';

export type SpinnerProps = { label: string };

export function Spinner({ label }: SpinnerProps) {
  return (
    <div className="kit-spinner" role="status">
      <span className="kit-spinner__ring" aria-hidden="true" />
      <span className="kit-spinner__label">{label}</span>
    </div>
  );
}
