import './amount.css';

const AMOUNT = /^([+\-−＋]?)(\D{0,3})(\d[\d,.]*)(\D{0,4})$/u;

/** Sets a price with its figures large and its unit small; anything that is not one amount is set as a sentence. */
export function Amount({ text }: { text: string }) {
  const parts = AMOUNT.exec(text);
  if (!parts) return <span className="kit-amount kit-amount--sentence">{text}</span>;
  const [, sign, before, figures, after] = parts;
  return (
    <span className="kit-amount">
      {sign}
      {before ? <span className="kit-amount__unit kit-amount__unit--before">{before}</span> : null}
      <span className="kit-amount__figures">{figures}</span>
      {after ? <span className="kit-amount__unit">{after}</span> : null}
    </span>
  );
}
