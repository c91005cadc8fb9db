import type { ReactNode } from 'react';
import './form-columns.css';

export interface FormColumnsProps {
  /** What is to be entered. */
  readonly children: ReactNode;
  /** What helps with it: rules, where to find it, what comes then. Without it the fields keep to their column. */
  readonly aside?: ReactNode;
}

/** Fields and beside them what helps with them; on a high screen that comes below. */
export function FormColumns({ children, aside }: FormColumnsProps) {
  return (
    <div className="kit-form-columns">
      <div className="kit-form-columns__part">{children}</div>
      {aside === undefined ? null : <div className="kit-form-columns__part kit-form-columns__aside">{aside}</div>}
    </div>
  );
}
