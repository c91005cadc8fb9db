import { jaModel, Parser } from 'budoux';
import { Fragment } from 'react';
import type { Language } from '../../shared/domain/language.ts';
import './phrases.css';

/** The plain parser: the package's ready-made one carries a whole HTML parser with it. */
const japanese = new Parser(jaModel);

/** Text whose lines break between phrases only: Japanese has no spaces to break at. Other languages pass unchanged. */
export function Phrases({ text, lang }: { text: string; lang: Language }) {
  if (lang !== 'ja') return <span className="kit-phrases">{text}</span>;
  return (
    <span className="kit-phrases kit-phrases--kept">
      {japanese.parse(text).map((phrase, position) => (
        <Fragment key={position}>
          {position > 0 ? <wbr /> : null}
          {phrase}
        </Fragment>
      ))}
    </span>
  );
}
