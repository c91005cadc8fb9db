import '@fontsource-variable/jetbrains-mono/wght.css';
import './issued-secret.css';

export type SecretCharacter = {
  character: string;
  reading: string;
  isUnderlined: boolean;
  /** 「大文字」 */
  kind: string;
};

export type IssuedSecretProps = {
  label: string;
  readingLabel: string;
  /** What an underline means. */
  note: string;
  characters: readonly SecretCharacter[];
};

/** Something to be copied by hand: once in a row, and once a character at a time with how it is read. */
export function IssuedSecret({ label, readingLabel, note, characters }: IssuedSecretProps) {
  return (
    <div className="kit-issued-secret">
      <dl className="kit-issued-secret__whole">
        <dt className="kit-issued-secret__label">{label}</dt>
        <dd className="kit-issued-secret__value">{characters.map(({ character }) => character).join('')}</dd>
      </dl>
      <p className="kit-issued-secret__label" id="issued-secret-reading">
        {readingLabel}
      </p>
      <ol className="kit-issued-secret__cells" aria-labelledby="issued-secret-reading">
        {characters.map(({ character, reading, isUnderlined, kind }, place) => (
          <li className="kit-issued-secret__cell" key={place}>
            <span className="kit-issued-secret__character">{character}</span>
            <span
              className={`kit-issued-secret__reading${isUnderlined ? ' kit-issued-secret__reading--underlined' : ''}`}
              lang="ja"
            >
              {reading}
            </span>
            <span className="kit-issued-secret__kind">{kind}</span>
          </li>
        ))}
      </ol>
      <p className="kit-issued-secret__note">{note}</p>
    </div>
  );
}
