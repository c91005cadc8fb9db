import { useId } from 'react';
import type { ReactNode } from 'react';
import './card.css';

export type CardProps = { children: ReactNode };

export function Card({ children }: CardProps) {
  return <div className="kit-card">{children}</div>;
}

export type SectionProps = { title: string; children: ReactNode };

export function Section({ title, children }: SectionProps) {
  const id = useId();
  return (
    <section className="kit-section" aria-labelledby={id}>
      <h2 className="kit-section__title" id={id}>
        {title}
      </h2>
      {children}
    </section>
  );
}
