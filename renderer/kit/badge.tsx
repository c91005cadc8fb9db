import type { ReactNode } from 'react';
import './badge.css';

export type BadgeProps = { tone?: 'brand' | 'neutral' | 'attention' | undefined; children: ReactNode };

export function Badge({ tone = 'neutral', children }: BadgeProps) {
  return <span className={`kit-badge kit-badge--${tone}`}>{children}</span>;
}
