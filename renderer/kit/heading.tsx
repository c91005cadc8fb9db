import type { Ref } from 'react';
import type { Language } from '../../shared/domain/language.ts';
import './heading.css';

export type HeadingProps = {
  children: string;
  lead?: string | undefined;
  lang: Language;
  /** For moving focus here when the screen changes. */
  ref?: Ref<HTMLHeadingElement> | undefined;
};

export function Heading({ children, lead, lang, ref }: HeadingProps) {
  return (
    <div className="kit-heading" lang={lang}>
      <h1 className="kit-heading__title" tabIndex={-1} {...(ref ? { ref } : {})}>
        {children}
      </h1>
      {lead ? <p className="kit-heading__lead">{lead}</p> : null}
    </div>
  );
}
