import type { ReactNode } from 'react';
import './action-bar.css';

export type ActionBarProps = {
  back?: ReactNode;
  /** The screen's single main action. */
  primary?: ReactNode;
  extra?: ReactNode;
};

export function ActionBar({ back, primary, extra }: ActionBarProps) {
  return (
    <div className="kit-action-bar">
      <div className="kit-action-bar__back">{back}</div>
      {extra ? <div className="kit-action-bar__extra">{extra}</div> : null}
      <div className="kit-action-bar__primary">{primary}</div>
    </div>
  );
}
