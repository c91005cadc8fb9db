import { Check } from 'lucide-react';
import './step-bar.css';

export type Step = { id: string; label: string; state: 'done' | 'current' | 'todo' };
export type StepBarProps = { steps: readonly Step[]; label: string };

export function StepBar({ steps, label }: StepBarProps) {
  return (
    <nav className="kit-step-bar" aria-label={label}>
      <ol className="kit-step-bar__steps">
        {steps.map((step) => (
          <li
            className={`kit-step kit-step--${step.state}`}
            key={step.id}
            {...(step.state === 'current' ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="kit-step__label">
              {step.state === 'done' ? <Check className="kit-step__tick" aria-hidden="true" /> : null}
              <span>{step.label}</span>
            </span>
          </li>
        ))}
      </ol>
    </nav>
  );
}
