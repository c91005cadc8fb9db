import { ChevronRight } from 'lucide-react';
import { Button as AriaButton } from 'react-aria-components';
import type { Language } from '../../shared/domain/language.ts';
import './greeting-tile.css';

export type GreetingTileProps = {
  lang: Language;
  /** The language's own name for itself. */
  title: string;
  /** What a touch does, in that language. */
  text?: string | undefined;
  onPress: () => void;
};

export function GreetingTile({ lang, title, text, onPress }: GreetingTileProps) {
  return (
    <AriaButton className="kit-greeting-tile" onPress={onPress}>
      <span className="kit-greeting-tile__words" lang={lang}>
        <span className="kit-greeting-tile__title">{title}</span>
        {text ? <span className="kit-greeting-tile__text">{text}</span> : null}
      </span>
      <ChevronRight className="kit-greeting-tile__arrow" aria-hidden="true" />
    </AriaButton>
  );
}
