import type { TermsDocument } from '../../shared/domain/terms.ts';
import { useLanguage } from '../app/language.tsx';
import { Card, CheckBox } from '../kit/index.ts';
import './confirmations.css';

/** 事前確認事項: read here, not behind a button, and ticked one by one. */
export function Confirmations(props: {
  readonly documents: readonly TermsDocument[];
  readonly isConfirmed: (document: TermsDocument) => boolean;
  readonly onChange: (document: TermsDocument, isConfirmed: boolean) => void;
}) {
  const { documents, isConfirmed, onChange } = props;
  const { t } = useLanguage();
  if (documents.length === 0) return null;
  return (
    <div className="wizard-confirmations">
      {documents.map((document) => (
        <Card key={document.id}>
          <h2 className="wizard-confirmations__title">{document.title}</h2>
          {document.sample ? <p className="wizard-terms__sample">{t('wizard:terms.sample')}</p> : null}
          <ul className="wizard-confirmations__points">
            {document.paragraphs.map(({ heading, body }) => (
              <li key={heading}>
                <strong>{heading}</strong>
                <p>{body}</p>
              </li>
            ))}
          </ul>
          <CheckBox isSelected={isConfirmed(document)} onChange={(isSelected) => onChange(document, isSelected)}>
            {t('identity:confirmed', { title: document.title })}
          </CheckBox>
        </Card>
      ))}
    </div>
  );
}
