import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import './error-text.css';

export function ErrorText({ children }: { children: ReactNode }) {
  return (
    <span className="kit-error-text">
      <CircleAlert aria-hidden="true" />
      <span>{children}</span>
    </span>
  );
}
