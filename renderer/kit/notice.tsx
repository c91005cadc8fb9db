import { CircleAlert, CloudOff, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { cantHappen } from '../../shared/domain/cant-happen.ts';
import './notice.css';

type Tone = 'info' | 'attention' | 'offline' | 'error';

export type NoticeProps = { tone: Tone; title?: string | undefined; icon?: ReactNode; children: ReactNode };

export function Notice({ tone, title, icon, children }: NoticeProps) {
  return (
    <div className={`kit-notice kit-notice--${tone}`} role={tone === 'error' ? 'alert' : 'note'}>
      <span className="kit-notice__icon" aria-hidden="true">
        {icon ?? <ToneIcon tone={tone} />}
      </span>
      <div className="kit-notice__text">
        {title ? <p className="kit-notice__title">{title}</p> : null}
        <div className="kit-notice__body">{children}</div>
      </div>
    </div>
  );
}

export function NoticeList({ children }: { children: ReactNode }) {
  return <div className="kit-notice-list">{children}</div>;
}

function ToneIcon({ tone }: { tone: Tone }) {
  switch (tone) {
    case 'info':
      return <Info />;
    case 'attention':
      return <TriangleAlert />;
    case 'offline':
      return <CloudOff />;
    case 'error':
      return <CircleAlert />;
    default:
      return cantHappen(tone);
  }
}
